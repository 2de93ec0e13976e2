//! Writes a query: the body that its author left out, and the statement in a module of the same name.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::{LitStr, Type, parse_quote};

use super::model::{Access, Bound, Later, Query, Returns, Sound};
use crate::expanded::{Expanded, allowed, located};
use crate::function::Function;
use crate::reparent;
use crate::row::{Open, ways_out};
use crate::spelling::spell;
use crate::sql::{Column, Kind, Nullable};

/// The query's expansion; cannot fail.
pub(crate) fn expand(slice: &str, query: &Query) -> Expanded {
    let Query { function, sql, sound } = query;
    let (name, cfg) = (&function.sig.ident, function.cfg());
    let vis = reparent::visibility(&function.vis);
    let mod_vis = &function.vis;
    let statement = sql.as_ref().map(|sql| statement((slice, &function.name()), sql, sound.as_deref()));
    let checks = sound.iter().flat_map(|sound| constants(query, sound)).collect::<Vec<_>>();
    let checks = checks.iter().map(|check| quote!(#(#cfg)* #check));
    let module = statement.map(|statement| {
        quote! {
            #(#cfg)*
            #[doc(hidden)]
            #[allow(unreachable_pub)]
            #mod_vis mod #name {
                #vis const STATEMENT: ::orion::__private::Statement = #statement;
            }
        }
    });
    let Some(sound) = sound else {
        // A body that a query must not have was reported: what it returns is no second mistake.
        return Expanded { item: stub(function), generated: quote!(#module), entry: None };
    };
    let item = function.with_body(&body(query, sound));
    let allowed = allowed();
    Expanded {
        item: quote!(#allowed #item),
        generated: quote!(#module #(#checks)*),
        entry: Some(quote!(#(#cfg)* &#name::STATEMENT)),
    }
}

/// Without a return type, which was reported, a result: that is what is asked of the call.
fn stub(function: &Function) -> TokenStream {
    if function.output().is_some() {
        return function.stub();
    }
    function.stub_of(parse_quote!(-> ::core::result::Result<(), ::orion::__private::Error>))
}

fn statement((slice, name): (&str, &str), sql: &LitStr, sound: Option<&Sound>) -> TokenStream {
    let run = sound.map_or_else(|| sql.value(), |sound| sound.sql.clone());
    let calls = sound.map(|Sound { columns, reads, writes, removes, .. }| {
        let columns = columns.iter().map(|column| &column.name);
        let columns = (columns.len() > 0).then(|| quote!(.columns(&[#(#columns),*])));
        let reads = (!reads.is_empty()).then(|| quote!(.reads(&[#(#reads),*])));
        let writes = (!writes.is_empty()).then(|| quote!(.writes(&[#(#writes),*])));
        let removes = (!removes.is_empty()).then(|| quote!(.removes(&[#(#removes),*])));
        quote!(#columns #reads #writes #removes)
    });
    quote!(::orion::__private::Statement::new(#run).named(#slice, #name) #calls)
}

/// The constants that compare types which this macro does not know, each where the type is written.
fn constants(query: &Query, sound: &Sound) -> Vec<TokenStream> {
    let (text, query) = (query.text(), query.function.name());
    let parameters = sound.bound.iter().filter(|bound| bound.open && says_something(bound)).map(|bound| {
        let Bound { argument, parameter, element, .. } = bound;
        let ty = element.as_ref().unwrap_or(&argument.ty);
        let (name, check) = (spell(ty), if element.is_some() { quote!(element) } else { quote!(parameter) });
        let column = column(&parameter.name, parameter.kind, parameter.nullable, "");
        let holds = quote!(::orion::__private::Known::<#ty>::BOUND.named(#name));
        compared(ty, &check, &quote!(#query, #holds, &#column))
    });
    let fields: &[Open] = if let Later::Fields(fields) = &sound.later { fields } else { &[] };
    let fields = fields.iter().map(|Open { row, ty, column }| {
        let (name, column) = (spell(ty), result_column(&text, column));
        let holds = quote!(::orion::__private::Known::<#ty>::READ.named(#name));
        compared(ty, &quote!(field), &quote!(#query, #row, #holds, &#column))
    });
    parameters.chain(fields).collect()
}

/// Whether anything is known of the parameter that its type could contradict.
fn says_something(Bound { parameter, element, .. }: &Bound) -> bool {
    element.is_some() || parameter.kind.is_some() || parameter.nullable == Some(false)
}

fn compared(ty: &Type, check: &TokenStream, arguments: &TokenStream) -> TokenStream {
    quote_spanned! {located(ty)=>
        const _: () = {
            #[allow(unused_imports)]
            use ::orion::__private::Anything as _;
            ::orion::__private::rows::#check(#arguments)
        };
    }
}

fn result_column(sql: &str, column: &Column) -> TokenStream {
    let null = match column.nullable {
        Nullable::Never => Some(false),
        Nullable::Maybe => Some(true),
        Nullable::Unknown => None,
    };
    let ways_out = if null == Some(false) { String::new() } else { ways_out(sql, column) };
    self::column(&column.name, column.kind, null, &ways_out)
}

fn column(name: &str, kind: Option<Kind>, null: Option<bool>, ways_out: &str) -> TokenStream {
    let kind = option(kind.map(|kind| match kind {
        Kind::Integer => quote!(::orion::__private::Kind::Integer),
        Kind::Real => quote!(::orion::__private::Kind::Real),
        Kind::Text => quote!(::orion::__private::Kind::Text),
        Kind::Blob => quote!(::orion::__private::Kind::Blob),
    }));
    let null = option(null.map(|null| quote!(#null)));
    quote!(::orion::__private::rows::Column::new(#name, #kind, #null, #ways_out))
}

fn option(value: Option<TokenStream>) -> TokenStream {
    value.map_or_else(
        || quote!(::core::option::Option::None),
        |value| quote!(::core::option::Option::Some(#value)),
    )
}

fn body(query: &Query, sound: &Sound) -> TokenStream {
    let name = &query.function.sig.ident;
    let Sound { store, bound, .. } = sound;
    let lists = bound.iter().filter_map(|Bound { argument, parameter, element, .. }| {
        let (ident, element, name) = (&argument.ident, element.as_ref()?, &parameter.name);
        Some(quote_spanned! {located(element)=>
            let #ident = ::orion::__private::list::<#element>(#name, #ident)?;
        })
    });
    let values = bound.iter().map(|Bound { argument, element, .. }| {
        let (ident, ty) = (&argument.ident, &argument.ty);
        if element.is_some() {
            return quote!(::orion::__private::Value::Text(&#ident));
        }
        quote_spanned!(located(ty)=> <#ty as ::orion::__private::ToValue>::to_value(&#ident))
    });
    let arguments = quote!((#store, &#name::STATEMENT, &[#(#values),*]));
    let run = run(query, sound, &arguments);
    quote!(#(#lists)* #run)
}

fn run(query: &Query, sound: &Sound, arguments: &TokenStream) -> TokenStream {
    let Sound { access, returns, .. } = sound;
    let access = match access {
        Access::Db => quote!(::orion::__private::Db),
        Access::Tx => quote!(::orion::__private::Tx),
    };
    let (method, row) = match returns {
        Returns::Changes => return quote!(#access::execute #arguments),
        Returns::Nothing => {
            return quote!(::core::result::Result::map(#access::execute #arguments, |_| ()));
        }
        Returns::All(row) => (quote!(all), row),
        Returns::Optional(row) => (quote!(optional), row),
        Returns::One(row) => (quote!(one), row),
    };
    if !matches!(sound.later, Later::Row) {
        return quote!(#access::#method::<#row> #arguments);
    }
    // The fields of a row type that this macro cannot see are compared with the columns when constants are evaluated.
    let (text, query) = (query.text(), query.function.name());
    let (name, output) = (spell(row), &sound.output);
    let columns = sound.columns.iter().map(|column| result_column(&text, column));
    quote_spanned! {located(row)=>
        const RUN: ::orion::__private::rows::Run<#access, #output> =
            ::orion::__private::rows::#method::<#row, #access>(#query, #name, &[#(#columns),*]);
        RUN #arguments
    }
}

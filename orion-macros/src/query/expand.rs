//! Writes a query: the body that its author left out, and its statement.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::{Type, parse_quote};

use super::model::{Access, Bound, Later, Query, Returns, Sound};
use crate::data::{call, list, literal};
use crate::declared::{ASIDE, Data};
use crate::expanded::{Expanded, located};
use crate::function::Function;
use crate::row::{Open, ways_out};
use crate::spelling::spell;
use crate::sql::{ByKey, Column, Kind, Nullable};

/// The query's expansion, with the `reference` to its statement; cannot fail.
pub(crate) fn expand(slice: &str, query: &Query, reference: &TokenStream) -> Expanded {
    let Query { function, sound, .. } = query;
    let Some(sound) = sound else {
        // A body that a query must not have was reported: what it returns is no second mistake.
        return Expanded::alone(stub(function), None);
    };
    let (cfg, statement) = (function.cfg(), statement(slice, function, sound));
    let checks = constants(query, sound);
    let beside = checks.iter().flat_map(|check| quote!(#(#cfg)* #check)).collect();
    let data = Data::statement(function, &sound.sql, &statement);
    Expanded { beside, ..Expanded::alone(function.with_body(&body(query, sound, reference)), Some(data)) }
}

/// Without a return type, which was reported, a result: that is what is asked of the call.
fn stub(function: &Function) -> TokenStream {
    if function.output().is_some() {
        return function.stub();
    }
    function.stub_of(parse_quote!(-> ::core::result::Result<(), __orion::Error>))
}

fn statement(slice: &str, function: &Function, sound: &Sound) -> String {
    let Sound { columns, reads, by_key, writes, removes, .. } = sound;
    let (slice, name) = (literal(slice), literal(&function.name()));
    let (columns, reads) = (list(columns.iter().map(|column| &column.name)), list(reads));
    let [writes, removes] = [call("writes", writes), call("removes", removes)];
    let by_key = keys(by_key);
    format!("statement({ASIDE}, {slice}, {name}, {columns}, {reads}){by_key}{writes}{removes}")
}

fn keys(by_key: &[ByKey]) -> String {
    let keys = by_key.iter().map(|ByKey { table, parameter, affinity }| {
        format!("__orion::ByKey::new({}, {parameter}, __orion::Affinity::{affinity:?})", literal(table))
    });
    let keys: Vec<String> = keys.collect();
    if keys.is_empty() { String::new() } else { format!(".by_key(&[{}])", keys.join(", ")) }
}

/// The constants that compare types which this macro does not know, each where the type is written.
fn constants(query: &Query, sound: &Sound) -> Vec<TokenStream> {
    let (text, query) = (query.text(), query.function.name());
    let parameters = sound.bound.iter().filter(|bound| bound.open && says_something(bound)).map(|bound| {
        let Bound { argument, parameter, element, .. } = bound;
        let ty = element.as_ref().unwrap_or(&argument.ty);
        let (name, check) = (spell(ty), if element.is_some() { quote!(element) } else { quote!(parameter) });
        let column = column(&parameter.name, parameter.kind, parameter.nullable, "");
        let holds = quote!(__orion::Known::<#ty>::BOUND.named(#name));
        compared(ty, &check, &quote!(#query, #holds, &#column))
    });
    let fields: &[Open] = if let Later::Fields(fields) = &sound.later { fields } else { &[] };
    let fields = fields.iter().map(|Open { row, ty, column }| {
        let (name, column) = (spell(ty), result_column(&text, column));
        let holds = quote!(__orion::Known::<#ty>::READ.named(#name));
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
            use __orion::Anything as _;
            __orion::rows::#check(#arguments)
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
        Kind::Integer => quote!(__orion::Kind::Integer),
        Kind::Real => quote!(__orion::Kind::Real),
        Kind::Text => quote!(__orion::Kind::Text),
        Kind::Blob => quote!(__orion::Kind::Blob),
    }));
    let null = option(null.map(|null| quote!(#null)));
    quote!(__orion::rows::Column::new(#name, #kind, #null, #ways_out))
}

fn option(value: Option<TokenStream>) -> TokenStream {
    value.map_or_else(
        || quote!(::core::option::Option::None),
        |value| quote!(::core::option::Option::Some(#value)),
    )
}

fn body(query: &Query, sound: &Sound, statement: &TokenStream) -> TokenStream {
    let Sound { store, bound, .. } = sound;
    let lists = bound.iter().filter_map(|Bound { argument, parameter, element, .. }| {
        let (ident, element, name) = (&argument.ident, element.as_ref()?, &parameter.name);
        Some(quote_spanned! {located(element)=>
            let #ident = __orion::list::<#element>(#name, #ident)?;
        })
    });
    let values = bound.iter().map(|Bound { argument, element, .. }| {
        let (ident, ty) = (&argument.ident, argument.unseen().ty);
        if element.is_some() {
            return quote!(__orion::Value::Text(&#ident));
        }
        quote_spanned!(located(&ty)=> <#ty as __orion::ToValue>::to_value(&#ident))
    });
    let arguments = quote!((#store, #statement, &[#(#values),*]));
    let run = run(query, sound, &arguments);
    quote!(#(#lists)* #run)
}

fn run(query: &Query, sound: &Sound, arguments: &TokenStream) -> TokenStream {
    let Sound { access, returns, .. } = sound;
    let access = match access {
        Access::Db => quote!(__orion::Db),
        Access::Tx => quote!(__orion::Tx),
    };
    let (method, row) = match returns {
        Returns::Changes => return quote!(#access::execute #arguments),
        Returns::Nothing => {
            return quote!(#access::run #arguments);
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
        const RUN: __orion::rows::Run<#access, #output> =
            __orion::rows::#method::<#row, #access>(#query, #name, &[#(#columns),*]);
        RUN #arguments
    }
}

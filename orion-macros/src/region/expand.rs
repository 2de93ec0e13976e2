//! Writes a region: the function as it is, and a module with its embed and what renders it.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{quote, quote_spanned};

use super::model::Region;
use crate::argument::{Argument, Role};
use crate::expanded::{Expanded, allowed, imports, located, quiet};
use crate::links;
use crate::reach::{self, Reaches};
use crate::reparent::{self, reparent};
use crate::spelling::spell;

/// The region's expansion; cannot fail.
pub(crate) fn expand(slice: &str, region: &Region, reaches: &Reaches) -> Expanded {
    let function = &region.function;
    let (name, cfg, mod_vis) = (&function.sig.ident, function.cfg(), &function.vis);
    let vis = reparent::visibility(&function.vis);
    let (allowed, imports, quiet) = (allowed(), imports(), quiet());
    let (embed, constant) = (embed(region, &vis), constant(slice, region, reaches, &vis));
    let function_or_stub = function.unless_it_returns_nothing();
    let doc = format!(" Puts the region `{name}` into markup.");
    Expanded {
        item: quote!(#allowed #function_or_stub),
        generated: quote! {
            #(#cfg)*
            #[doc = #doc]
            #quiet
            #mod_vis mod #name {
                #imports
                #embed
                #constant
            }
        },
        entry: region.sound.then(|| quote!(#(#cfg)* &#name::REGION)),
    }
}

/// `fn region(…) -> Embed`.
fn embed(region: &Region, vis: &TokenStream) -> TokenStream {
    let key: Vec<Argument> = region.key().cloned().collect();
    let (name, parameters) = (links::name("region", &region.function), links::parameters(&key));
    let embed = if region.sound {
        let values = key.iter().map(|argument| {
            let (ident, kept) = (&argument.ident, kept(argument));
            let value = if argument.is_str() {
                quote!(&<#kept as ::core::convert::From<&::core::primitive::str>>::from(#ident))
            } else {
                quote!(&#ident)
            };
            quote_spanned!(located(&argument.ty)=> <#kept as ::orion::__private::RegionKey>::write(#value))
        });
        quote!(::orion::__private::Embed::new(&REGION, ::orion::__private::Args::of(&[#(#values),*])))
    } else {
        let values = key.iter().map(|argument| &argument.ident);
        quote!(let _ = (#(#values,)*); ::core::unimplemented!())
    };
    quote! {
        /// The region, to be put into the markup of a page or of another region.
        #vis fn #name(#parameters) -> ::orion::__private::Embed { #embed }
    }
}

fn constant(slice: &str, region: &Region, reaches: &Reaches, vis: &TokenStream) -> Option<TokenStream> {
    let name = region.function.name();
    let reach = reaches.from(&name);
    // One that is made in another way may be any.
    let hears = region.on.iter().map(|topic| reach::topic(topic).unwrap_or_else(|| "*".to_owned()));
    let hears: Vec<String> = hears.collect();
    let hears = (!hears.is_empty()).then(|| quote!(.hears(&[#(#hears),*])));
    let hears_as: Vec<String> = region.on.iter().map(spell).collect();
    let hears_as = (!hears_as.is_empty()).then(|| quote!(.hears_as(&[#(#hears_as),*])));
    let personal = region.takes(Role::Viewer).then(|| quote!(.personal()));
    let present = region.takes(Role::Present).then(|| quote!(.present()));
    let (render, on) = (render(region), on(region));
    // In the function's own span: that is where the library says it is declared.
    let new = quote_spanned!(region.function.sig.ident.span()=> ::orion::__private::Region::new(#slice, #name, #render));
    region.sound.then(|| {
        quote! {
            #[doc(hidden)]
            #[allow(unused_variables)]
            #vis const REGION: ::orion::__private::Region =
                #new #personal #present #on #hears #hears_as #reach;
        }
    })
}

/// The shim that renders: the trait is called with the type that the user wrote.
fn render(region: &Region) -> TokenStream {
    let (ident, output) = (&region.function.sig.ident, region.function.output());
    let scope = Ident::new("scope", Span::mixed_site());
    let key = key(region, &scope);
    let passes = region.arguments.iter().map(|argument| {
        let name = &argument.ident;
        match argument.role {
            Role::Db => quote!(#scope.db),
            Role::Viewer => quote!(#scope.viewer()?),
            Role::Present => quote!(#scope.present),
            _ if argument.is_str() => quote!(&#name),
            _ => quote!(#name),
        }
    });
    let (span, ty) = (output.map_or_else(Span::call_site, located), reparent(output));
    let markup = quote_spanned! {span=>
        <#ty as ::orion::__private::IntoMarkup>::into_markup(super::#ident(#(#passes),*))
    };
    quote!(|#scope| { #key #markup })
}

/// The declared topics, of which each is an expression over the arguments.
fn on(region: &Region) -> Option<TokenStream> {
    let args = Ident::new("args", Span::mixed_site());
    let key = key(region, &args);
    let borrowed = region.key().filter(|argument| argument.is_str()).map(|argument| {
        let name = &argument.ident;
        quote!(let #name: &::core::primitive::str = &#name;)
    });
    let topics = region.on.iter().map(|topic| {
        let (span, topic) = (located(topic), reparent(topic));
        quote_spanned!(span=> ::orion::__private::Announce::topic(&(#topic)))
    });
    let topics = quote!(::core::result::Result::Ok(::std::vec![#(#topics),*]));
    (!region.on.is_empty()).then(|| quote!(.on(|#args| { #key #(#borrowed)* #topics })))
}

/// The statements that read the plain arguments back, from what has `values`.
fn key(region: &Region, from: &Ident) -> Option<TokenStream> {
    region.key().next()?;
    let values = Ident::new("values", Span::mixed_site());
    let reads = region.key().map(|argument| {
        let (name, kept) = (&argument.ident, kept(argument));
        quote_spanned!(located(&argument.ty)=>
            let #name = <#kept as ::orion::__private::RegionKey>::read(&mut #values)?;)
    });
    Some(quote!(let mut #values = #from.values()?; #(#reads)*))
}

/// The type in which an argument is kept.
fn kept(argument: &Argument) -> TokenStream {
    if argument.is_str() { quote!(::std::string::String) } else { reparent(&argument.ty) }
}

//! Writes a region: the function as it is, and a module with its embed and what renders it.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{quote, quote_spanned};

use super::check::Region;
use crate::argument::{Argument, Role};
use crate::expanded::{Expanded, allowed, located, quiet};
use crate::links;
use crate::reparent::{self, reparent};

/// The region's expansion; cannot fail.
pub(crate) fn expand(slice: &str, region: &Region) -> Expanded {
    let function = &region.function;
    let (name, cfg, mod_vis) = (&function.sig.ident, function.cfg(), &function.vis);
    let vis = reparent::visibility(&function.vis);
    let key: Vec<Argument> = region.key().cloned().collect();
    let parameters = links::parameters(&key);
    let (embed, constant) = if region.sound {
        let values = key.iter().map(|argument| &argument.ident);
        let constant = constant(slice, region);
        (
            quote!(::orion::__private::Embed::new(&REGION, ::orion::__private::Args::new(&(#(#values,)*)))),
            Some(quote! {
                #[doc(hidden)]
                #vis const REGION: ::orion::__private::Region = #constant;
            }),
        )
    } else {
        (quote!(::core::unimplemented!()), None)
    };
    let (allowed, quiet, doc) = (allowed(), quiet(), format!("Puts the region `{name}` into markup."));
    Expanded {
        item: quote!(#allowed #function),
        generated: quote! {
            #(#cfg)*
            #[doc = #doc]
            #quiet
            #mod_vis mod #name {
                use super::*;

                /// The region, to be put into the markup of a page or of another region.
                #vis fn region(#parameters) -> ::orion::__private::Embed {
                    #embed
                }

                #constant
            }
        },
        entry: region.sound.then(|| quote!(#(#cfg)* &#name::REGION)),
    }
}

fn constant(slice: &str, region: &Region) -> TokenStream {
    let (name, ident) = (region.function.name(), &region.function.sig.ident);
    let [scope, args] = ["scope", "args"].map(|name| Ident::new(name, Span::mixed_site()));
    let key = key(region, &quote!(#scope.args));
    let passes = region.arguments.iter().map(|argument| match argument.role {
        Role::Db => quote!(#scope.db),
        Role::Viewer => quote!(#scope.viewer()?),
        Role::Present => quote!(#scope.present),
        _ if argument.is_str() => {
            let ident = &argument.ident;
            quote!(&#ident)
        }
        _ => {
            let ident = &argument.ident;
            quote!(#ident)
        }
    });
    let output = region.function.output();
    let span = output.map_or_else(Span::call_site, located);
    let ty = reparent(output);
    let markup = quote_spanned! {span=>
        <#ty as ::orion::__private::IntoMarkup>::into_markup(super::#ident(#(#passes),*))
    };
    let personal = region.takes(Role::Viewer).then(|| quote!(.personal()));
    let present = region.takes(Role::Present).then(|| quote!(.present()));
    let on = (!region.on.is_empty()).then(|| {
        let key = self::key(region, &quote!(#args.read));
        let topics = region.on.iter().map(|topic| {
            let (span, topic) = (located(topic), reparent(topic));
            quote_spanned!(span=> ::orion::__private::Announce::topic(&(#topic)))
        });
        let borrowed = region.key().filter(|argument| argument.is_str()).map(|argument| {
            let ident = &argument.ident;
            quote!(let #ident: &::core::primitive::str = &#ident;)
        });
        quote! {
            .on(|#args| {
                #key
                #(#borrowed)*
                ::core::result::Result::Ok(::std::vec![#(#topics),*])
            })
        }
    });
    quote! {
        ::orion::__private::Region::new(#slice, #name, |#scope| { #key #markup }) #personal #present #on
    }
}

/// The statement that reads the plain arguments back.
fn key(region: &Region, read: &TokenStream) -> Option<TokenStream> {
    let first = region.key().next()?;
    let idents = region.key().map(|argument| &argument.ident);
    let types = region.key().map(|argument| {
        if argument.is_str() { quote!(::std::string::String) } else { reparent(&argument.ty) }
    });
    Some(quote_spanned!(located(&first.ty)=> let (#(#idents,)*) = #read::<(#(#types,)*)>()?;))
}

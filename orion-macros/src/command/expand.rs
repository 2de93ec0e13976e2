//! Writes a command: the function as it is, and a module with its links and what runs it.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::Type;

use super::model::{Command, Link};
use crate::argument::{Argument, By, Role};
use crate::binding::{Binding, bind};
use crate::expanded::{Expanded, allowed, imports, located, quiet};
use crate::function::Function;
use crate::links;
use crate::reach::Reaches;
use crate::reparent::{self, reparent};
use crate::signals;

/// The command's expansion; cannot fail.
pub(crate) fn expand(slice: &str, command: &Command, reaches: &Reaches) -> Expanded {
    let Command { function, link, arguments, draft, .. } = command;
    let (name, cfg, mod_vis) = (&function.sig.ident, function.cfg(), &function.vis);
    let allowed = allowed();
    let function_or_stub = function.unless_it_returns_nothing();
    let item = quote!(#allowed #function_or_stub);
    let vis = reparent::visibility(&function.vis);
    let constant = arguments.as_ref().map(|arguments| constant(slice, command, link, arguments));
    let reach = reaches.from(&function.name());
    let constant = constant.map(|constant| {
        quote! {
            #[doc(hidden)]
            #vis const COMMAND: ::orion::__private::Command = #constant #reach;
        }
    });
    let signals = draft.as_ref().and_then(|draft| draft.signals()).map(|names| signals::expand(&vis, names));
    let (links, imports, quiet) = (link.expand(function, &vis), imports(), quiet());
    let doc = format!(" Links to the command `{name}`.");
    Expanded {
        item,
        generated: quote! {
            #(#cfg)*
            #[doc = #doc]
            #quiet
            #mod_vis mod #name {
                #imports
                #links
                #signals
                #constant
            }
        },
        entry: arguments.is_some().then(|| quote!(#(#cfg)* &#name::COMMAND)),
    }
}

impl Link {
    fn method(&self) -> TokenStream {
        let variant = Ident::new(self.method.variant(), Span::call_site());
        quote!(::orion::__private::Method::#variant)
    }

    fn expand(&self, function: &Function, vis: &TokenStream) -> TokenStream {
        let Self { route, filled, form, .. } = self;
        let method = self.method.variant().to_uppercase();
        let path = links::path(function, vis, &method, route, filled);
        let (method, parameters) = (self.method(), links::parameters(&filled.arguments));
        let values = filled.arguments.iter().map(|argument| &argument.ident);
        let action = links::name("action", function);
        let form = form.then(|| quote!(.form()));
        quote! {
            #path

            /// Calls it: the value of a `data-on:…` attribute.
            #vis fn #action(#parameters) -> ::orion::__private::Action {
                ::orion::__private::Action::new(#method, self::path(#(#values),*)) #form
            }
        }
    }
}

fn constant(slice: &str, command: &Command, link: &Link, arguments: &[Argument]) -> TokenStream {
    let (name, path, method) = (command.function.name(), &link.route.literal, link.method());
    let run = match arguments.split_first() {
        Some((cx, rest)) if cx.role == Role::Cx => asynchronous(command, link, cx, rest),
        _ => synchronous(command, link, arguments),
    };
    let access = &command.access;
    // In the function's own span: that is where the library says it is declared.
    let new = quote_spanned!(command.function.sig.ident.span()=>
        ::orion::__private::Command::new(#slice, #name, #method, #path, #run));
    quote!(#new #access)
}

/// The input is read on the request's thread, the function runs on the writer's.
fn synchronous(command: &Command, link: &Link, arguments: &[Argument]) -> TokenStream {
    let function = &command.function.sig.ident;
    let [input, tx] = ["input", "tx"].map(|name| Ident::new(name, Span::mixed_site()));
    let rest = arguments.get(1..).unwrap_or_default();
    let (takes, passes) = bindings(link, rest, &quote!(#input));
    let reply = reply(command, &quote!(super::#function(#tx, #(#passes),*)));
    quote! {
        ::orion::__private::Run::Sync(|#input| {
            #(#takes)*
            ::core::result::Result::Ok(::std::boxed::Box::new(move |#tx: &::orion::__private::Tx| #reply))
        })
    }
}

fn asynchronous(command: &Command, link: &Link, cx: &Argument, rest: &[Argument]) -> TokenStream {
    let function = &command.function.sig.ident;
    let [input, context] = ["input", "cx"].map(|name| Ident::new(name, Span::mixed_site()));
    let (takes, passes) = bindings(link, rest, &quote!(#input));
    let reference = (cx.by == By::Reference).then(|| quote!(&));
    let reply = reply(command, &quote!(super::#function(#reference #context, #(#passes),*).await));
    quote! {
        ::orion::__private::Run::Async(|#context, #input| ::std::boxed::Box::pin(async move {
            let #input = &#input;
            #(#takes)*
            #reply
        }))
    }
}

fn bindings(
    link: &Link,
    arguments: &[Argument],
    input: &TokenStream,
) -> (Vec<TokenStream>, Vec<TokenStream>) {
    let in_path = |argument: &Argument| link.route.parameters.contains(&argument.name());
    let bound = arguments.iter().map(|argument| bind(argument, in_path(argument), input));
    bound.map(|Binding { take, pass }| (take, pass)).unzip()
}

/// `result` as a reply: the trait is called with the type that the user wrote, and nothing else is asked of the function.
fn reply(command: &Command, result: &TokenStream) -> TokenStream {
    let output: Option<&Type> = command.function.output();
    let ty = reparent(output);
    let span = output.map_or_else(Span::call_site, located);
    quote_spanned!(span=> <#ty as ::orion::__private::IntoReply>::into_reply(#result))
}

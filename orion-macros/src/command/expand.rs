//! Writes a command: the function as it is, and a type of its name with its links and what runs it.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::Type;

use super::model::{Command, Link};
use crate::argument::{Argument, By, Role};
use crate::binding::{Binding, bind};
use crate::data::{HOLE, literal};
use crate::declared::{ASIDE, Data};
use crate::expanded::{self, Expanded, located, own, unseen};
use crate::function::Function;
use crate::links;
use crate::reach::Reaches;
use crate::said::Said;
use crate::signals;

/// The command's expansion; cannot fail.
pub(crate) fn expand(slice: &str, command: &Command, reaches: &Reaches, said: &Said) -> Expanded {
    let Command { function, link, arguments, access, .. } = command;
    let name = &function.sig.ident;
    let data = arguments.as_ref().map(|arguments| {
        let [slice, text] = [literal(slice), literal(&function.name())];
        let (method, path) = (link.method.variant(), literal(&link.route.literal.value()));
        let (access, roles) = access.call();
        let (run, reach) = (run(command, link, arguments), reaches.from(&function.name()));
        let (calls, reach) = (reach.calls(), reach.rest());
        let value = format!(
            "command{HOLE}({ASIDE}, {slice}, {text}, __orion::Method::{method}, {path}, {calls},){access}{reach}"
        );
        Data::value(function, "Command", &value, [run].into_iter().chain(roles).collect())
    });
    let signals = command.offered(said).map(|names| signals::expand(function, names));
    let links = link.expand(function, said);
    let doc = format!(" Links to the command `{name}`.");
    Expanded::linked(function, &doc, &quote!(#links #signals), data)
}

impl Link {
    fn method(&self) -> TokenStream {
        let variant = Ident::new(self.method.variant(), Span::call_site());
        quote!(__orion::Method::#variant)
    }

    fn expand(&self, function: &Function, said: &Said) -> TokenStream {
        let method = self.method.variant().to_uppercase();
        let path = said
            .may_call("path", function)
            .then(|| links::path(function, &method, &self.route, &self.filled));
        let action = said.may_call("action", function).then(|| self.action(function));
        quote!(#path #action)
    }

    /// `fn action(…) -> Action`.
    fn action(&self, function: &Function) -> TokenStream {
        let (Self { route, filled, form, .. }, vis) = (self, &function.vis);
        let (action, parameters) = (links::name("action", function), links::parameters(&filled.arguments));
        let doc = expanded::doc(function, " Calls it: the value of a `data-on:…` attribute.");
        let (method, path) = (self.method(), links::path_of(route, filled));
        let form = form.then(|| quote!(.form()));
        let body = if filled.fits { quote!(__orion::Action::new(#method, #path) #form) } else { path };
        quote! {
            #doc
            #vis fn #action(#parameters) -> __orion::Action { #body }
        }
    }
}

/// What the library calls.
fn run(command: &Command, link: &Link, arguments: &[Argument]) -> TokenStream {
    match arguments.split_first() {
        Some((cx, rest)) if cx.role == Role::Cx => asynchronous(command, link, cx, rest),
        _ => synchronous(command, link, arguments),
    }
}

/// The input is read on the request's thread, the function runs on the writer's.
fn synchronous(command: &Command, link: &Link, arguments: &[Argument]) -> TokenStream {
    let function = unseen(&command.function.sig.ident);
    let [input, tx] = ["input", "tx"].map(own);
    let rest = arguments.get(1..).unwrap_or_default();
    let (takes, passes) = bindings(link, rest, &quote!(#input));
    let reply = reply(command, &quote!((self::#function(#tx, #(#passes),*))));
    quote! {
        __orion::Run::Sync(|#input| {
            #(#takes)*
            __orion::write(move |#tx| #reply)
        })
    }
}

fn asynchronous(command: &Command, link: &Link, cx: &Argument, rest: &[Argument]) -> TokenStream {
    let function = unseen(&command.function.sig.ident);
    let [input, context] = ["input", "cx"].map(own);
    let (takes, passes) = bindings(link, rest, &quote!(#input));
    let reference = (cx.by == By::Reference).then(|| quote!(&));
    let reply = reply(command, &quote!((self::#function(#reference #context, #(#passes),*).await)));
    quote! {
        __orion::Run::Async(|#context, #input| ::std::boxed::Box::pin(async move {
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

/// The `result`, in parentheses, as a reply: the trait is called with the type that the user wrote, and nothing else is asked of the function.
fn reply(command: &Command, result: &TokenStream) -> TokenStream {
    let output: Option<&Type> = command.function.output();
    let span = output.map_or_else(Span::call_site, located);
    quote_spanned!(span=> <#output as __orion::IntoReply>::into_reply #result)
}

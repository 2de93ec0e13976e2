//! How the arguments of a command or a page are taken from a request and passed on.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};

use crate::argument::{Argument, By, Role};
use crate::expanded::located;

/// One argument in a shim.
pub(crate) struct Binding {
    /// A statement that takes it from the request and may leave with an error.
    pub(crate) take: TokenStream,
    /// What the function is called with.
    pub(crate) pass: TokenStream,
}

/// The binding of an argument that comes from the request; `input` is a `&Input`.
///
/// Each trait is called once and with the user's type, so that what does not fit is one error on that type.
pub(crate) fn bind(argument: &Argument, in_path: bool, input: &TokenStream) -> Binding {
    let argument = argument.unseen();
    let (ident, ty) = (&argument.ident, &argument.ty);
    let reference = (argument.by == By::Reference).then(|| quote!(&));
    let pass = quote!(#reference #ident);
    if argument.role == Role::Viewer {
        return Binding { take: quote!(let #ident = ::core::clone::Clone::clone(&#input.viewer);), pass };
    }
    let span = located(ty);
    let take = if in_path {
        let name = argument.name();
        let kept = if argument.is_str() { quote!(::std::string::String) } else { quote!(#ty) };
        quote_spanned!(span=> let #ident = <#kept as __orion::PathParameter>::take(#input, #name)?;)
    } else {
        quote_spanned!(span=> let #ident = <#ty as __orion::FromInput>::from_input(#input)?;)
    };
    Binding { take, pass }
}

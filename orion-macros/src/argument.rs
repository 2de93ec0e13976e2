//! One argument of a function in a slice, and what it is for.

use proc_macro2::{Ident, Span};
use syn::{FnArg, Pat, Type, parse_quote};

use crate::errors::Errors;

/// An argument with a name.
#[derive(Clone)]
pub(crate) struct Argument {
    pub(crate) ident: Ident,
    pub(crate) ty: Type,
    pub(crate) role: Role,
    pub(crate) by: By,
}

/// The types that are read from text and JSON, and written as both.
const PLAIN: [&str; 9] = ["i8", "i16", "i32", "i64", "u8", "u16", "u32", "bool", "String"];

/// What an argument is for, told by the name of its type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    Db,
    Tx,
    Cx,
    Viewer,
    Present,
    Signals,
    Form,
    Query,
    /// Anything else: a value.
    Plain,
}

/// How it is passed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum By {
    Value,
    Reference,
    Mutable,
}

impl Argument {
    /// The argument; `what` is whose it is: "query `all`".
    pub(crate) fn of(cx: &mut Errors, what: &str, input: &FnArg) -> Option<Self> {
        let FnArg::Typed(typed) = input else { return None };
        let Pat::Ident(pattern) = &*typed.pat else {
            cx.at(&typed.pat, format!("an argument of {what} must be a plain name"))
                .help("take it apart in the body: `let (a, b) = pair;`");
            return None;
        };
        let ty = bare(&typed.ty);
        let (by, value) = By::of(ty);
        Some(Self { ident: pattern.ident.clone(), ty: ty.clone(), role: Role::of(value), by })
    }

    /// The argument's name without `r#`.
    pub(crate) fn name(&self) -> String {
        use syn::ext::IdentExt;
        self.ident.unraw().to_string()
    }

    /// Whether it is `&role`.
    pub(crate) fn is(&self, role: Role) -> bool {
        self.role == role && self.by == By::Reference
    }

    /// Whether it is `&str`.
    pub(crate) fn is_str(&self) -> bool {
        matches!(&self.ty, Type::Reference(text) if text.mutability.is_none() && is_named(&text.elem, "str"))
    }

    /// The argument in code that nobody sees: where no message can be about a name or a type, neither has a place of its own.
    pub(crate) fn unseen(&self) -> Self {
        let mut ident = self.ident.clone();
        ident.set_span(Span::call_site());
        Self { ident, ty: self.plain().unwrap_or_else(|| self.ty.clone()), ..*self }
    }

    /// Whether every trait of the library is implemented for its type.
    pub(crate) fn is_plain(&self) -> bool {
        self.plain().is_some()
    }

    /// The type where it is one that every trait of the library is implemented for.
    fn plain(&self) -> Option<Type> {
        if self.is_str() {
            return Some(parse_quote!(&str));
        }
        let name = PLAIN.into_iter().find(|name| is_named(&self.ty, name))?;
        let name = Ident::new(name, Span::call_site());
        Some(parse_quote!(#name))
    }

    /// Whether it is a value that can be kept while a request is served: owned, or `&str`, which is kept as a `String`.
    pub(crate) fn can_be_kept(&self) -> bool {
        self.by == By::Value || self.is_str()
    }
}

impl By {
    /// How a type is passed, and what is behind the reference.
    pub(crate) fn of(ty: &Type) -> (Self, &Type) {
        match bare(ty) {
            Type::Reference(reference) if reference.mutability.is_some() => (Self::Mutable, &reference.elem),
            Type::Reference(reference) => (Self::Reference, &reference.elem),
            value => (Self::Value, value),
        }
    }
}

impl Role {
    /// What an argument of this type, without the reference, is for.
    pub(crate) fn of(ty: &Type) -> Self {
        let Type::Path(path) = bare(ty) else { return Self::Plain };
        let Some(last) = path.path.segments.last() else { return Self::Plain };
        let roles = [
            Self::Db,
            Self::Tx,
            Self::Cx,
            Self::Viewer,
            Self::Present,
            Self::Signals,
            Self::Form,
            Self::Query,
        ];
        roles.into_iter().find(|role| last.ident == role.name()).unwrap_or(Self::Plain)
    }

    fn name(self) -> &'static str {
        match self {
            Self::Db => "Db",
            Self::Tx => "Tx",
            Self::Cx => "Cx",
            Self::Viewer => "Viewer",
            Self::Present => "Present",
            Self::Signals => "Signals",
            Self::Form => "Form",
            Self::Query => "Query",
            Self::Plain => "",
        }
    }
}

/// The type without the parentheses and groups around it: another macro puts a group around a `$ty`.
pub(crate) fn bare(mut ty: &Type) -> &Type {
    loop {
        ty = match ty {
            Type::Group(group) => &group.elem,
            Type::Paren(paren) => &paren.elem,
            bare => return bare,
        }
    }
}

/// Whether the type is this name alone.
pub(crate) fn is_named(ty: &Type, name: &str) -> bool {
    matches!(bare(ty), Type::Path(path) if path.qself.is_none() && path.path.is_ident(name))
}

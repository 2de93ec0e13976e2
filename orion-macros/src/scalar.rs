//! The Rust types whose place in SQLite is known: `i64`, `bool`, `f64`, `String`, bytes and an `Option` of one of them.
//! Of every other type the library's `FromValue` and `ToValue` are the judges.

use syn::{GenericArgument, PathArguments, Type};

use crate::argument::{bare, is_named};
use crate::sql::Kind;

/// A type that holds one value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Scalar {
    pub(crate) class: Class,
    /// Whether it is an `Option`.
    pub(crate) optional: bool,
}

/// The sorts of value as Rust has them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Class {
    Integer,
    Bool,
    Real,
    Text,
    Blob,
}

impl Scalar {
    /// The scalar that `ty` surely is.
    pub(crate) fn of(ty: &Type) -> Option<Self> {
        if let Some(inner) = argument_of(ty, "Option") {
            let inner = Self::of(inner)?;
            return (!inner.optional).then_some(Self { optional: true, ..inner });
        }
        Class::of(ty).map(|class| Self { class, optional: false })
    }

    /// The kind of value in it, as the library reads it.
    pub(crate) fn kind(self) -> String {
        let kind = match self.class {
            Class::Integer | Class::Bool => "integer",
            Class::Real => "real",
            Class::Text => "text",
            Class::Blob => "blob",
        };
        format!("{kind}{}", if self.optional { "?" } else { "" })
    }
}

impl Class {
    const INTEGERS: [&str; 7] = ["i8", "i16", "i32", "i64", "u8", "u16", "u32"];

    fn of(ty: &Type) -> Option<Self> {
        let byte = |ty: &Type| is_named(ty, "u8");
        match bare(ty) {
            Type::Reference(reference) if reference.mutability.is_none() => match &*reference.elem {
                Type::Slice(slice) if byte(&slice.elem) => Some(Self::Blob),
                text if is_named(text, "str") => Some(Self::Text),
                other => Self::of(other),
            },
            ty if Self::INTEGERS.iter().any(|name| is_named(ty, name)) => Some(Self::Integer),
            ty if is_named(ty, "bool") => Some(Self::Bool),
            ty if is_named(ty, "f64") => Some(Self::Real),
            ty if is_named(ty, "String") => Some(Self::Text),
            ty if argument_of(ty, "Vec").is_some_and(byte) => Some(Self::Blob),
            _ => None,
        }
    }

    /// Whether a column of `kind` can be read as this; so the library's `FromValue` has it.
    pub(crate) fn reads(self, kind: Kind) -> bool {
        match kind {
            Kind::Integer => matches!(self, Self::Integer | Self::Bool | Self::Real),
            Kind::Real => self == Self::Real,
            Kind::Text => self == Self::Text,
            Kind::Blob => self == Self::Blob,
        }
    }

    /// Whether this can be bound where `kind` is wanted; a `real` column takes integers.
    pub(crate) fn binds(self, kind: Kind) -> bool {
        match kind {
            Kind::Integer => matches!(self, Self::Integer | Self::Bool),
            Kind::Real => matches!(self, Self::Real | Self::Integer),
            Kind::Text => self == Self::Text,
            Kind::Blob => self == Self::Blob,
        }
    }

    /// Whether this can be compared with a column of `kind` although it could not be stored there.
    pub(crate) fn compares(self, kind: Kind) -> bool {
        self == Self::Real && kind == Kind::Integer
    }
}

/// What a column of `kind` is read as.
pub(crate) fn owned(kind: Kind, null: bool) -> String {
    let ty = match kind {
        Kind::Integer => "i64",
        Kind::Real => "f64",
        Kind::Text => "String",
        Kind::Blob => "Vec<u8>",
    };
    if null { format!("Option<{ty}>") } else { ty.to_owned() }
}

/// What is bound where `kind` is wanted.
pub(crate) fn borrowed(kind: Kind) -> &'static str {
    match kind {
        Kind::Integer => "i64",
        Kind::Real => "f64",
        Kind::Text => "&str",
        Kind::Blob => "&[u8]",
    }
}

/// `T` where `ty` is `name<T>`, with any path before the name.
pub(crate) fn argument_of<'a>(ty: &'a Type, name: &str) -> Option<&'a Type> {
    let Type::Path(path) = bare(ty) else { return None };
    let last = path.path.segments.last().filter(|last| last.ident == name)?;
    let PathArguments::AngleBracketed(brackets) = &last.arguments else { return None };
    match brackets.args.iter().collect::<Vec<_>>()[..] {
        [GenericArgument::Type(argument)] => Some(argument),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(ty: &str) -> Option<Scalar> {
        Scalar::of(&syn::parse_str(ty).expect("a type"))
    }

    #[test]
    fn known_types_have_a_class() {
        let plain = |class| Some(Scalar { class, optional: false });
        assert_eq!(of("i64"), plain(Class::Integer));
        assert_eq!(of("bool"), plain(Class::Bool));
        assert_eq!(of("&str"), plain(Class::Text));
        assert_eq!(of("&String"), plain(Class::Text));
        assert_eq!(of("Vec<u8>"), plain(Class::Blob));
        assert_eq!(of("&[u8]"), plain(Class::Blob));
        assert_eq!(of("Option<f64>"), Some(Scalar { class: Class::Real, optional: true }));
    }

    #[test]
    fn other_types_are_for_the_traits_to_judge() {
        for ty in ["u64", "Id", "Option<Option<i64>>", "Vec<i64>", "&mut str", "[u8; 3]", "my::String2"] {
            assert_eq!(of(ty), None, "{ty}");
        }
    }
}

//! What a type can hold, as far as its traits tell; for constants that compare it with a query's columns and parameters.

use std::marker::PhantomData;

use super::{FromValue, Kind, ToValue};

/// What a type is read from, or stored as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Holds {
    /// The type as it is written; empty where nobody wrote it.
    pub ty: &'static str,
    /// `None`: anything, or it is not known.
    pub kind: Option<Kind>,
    /// Whether it can be null.
    pub null: bool,
}

impl Holds {
    const ANYTHING: Self = Self { ty: "", kind: None, null: true };

    /// The same, of a type that is written so.
    #[must_use]
    pub const fn named(self, ty: &'static str) -> Self {
        Self { ty, ..self }
    }
}

/// What is known of `T`. Also of a type that is no value: nothing, so that what says so elsewhere is the only error.
///
/// `Known::<T>::READ` is the constant of the first `impl` where `T` is [`FromValue`], else that of [`Anything`]: an inherent constant
/// goes before a trait's. That is decided where it is written, so there `T` must be a type and not a parameter.
pub struct Known<T: ?Sized>(PhantomData<T>);

impl<T: FromValue> Known<T> {
    /// What it is read from.
    pub const READ: Holds = Holds { ty: "", kind: T::KIND, null: T::NULL };
}

impl<T: ToValue + ?Sized> Known<T> {
    /// What it is stored as.
    pub const BOUND: Holds = Holds { ty: "", kind: T::KIND, null: T::NULL };
}

/// What holds for every type.
pub trait Anything {
    /// What it is read from.
    const READ: Holds = Holds::ANYTHING;
    /// What it is stored as.
    const BOUND: Holds = Holds::ANYTHING;
}

impl<T: ?Sized> Anything for Known<T> {}

/// What these types hold, of which that is known without looking at them: each as `integer i64`, the kind and the type as it is written;
/// as `integer? Option<i64>` where it can be null.
///
/// # Panics
/// Where one is said in another way.
pub const fn scalars<const N: usize>(types: [&'static str; N]) -> [Holds; N] {
    let (mut all, mut at) = ([Holds::ANYTHING; N], 0);
    while at < N {
        all[at] = scalar(types[at]);
        at += 1;
    }
    all
}

const fn scalar(said: &'static str) -> Holds {
    let kind = match said.as_bytes() {
        [b'i', ..] => Kind::Integer,
        [b'r', ..] => Kind::Real,
        [b't', ..] => Kind::Text,
        [b'b', ..] => Kind::Blob,
        _ => panic!("a kind is one of four"),
    };
    let mut space = 0;
    while said.as_bytes()[space] != b' ' {
        space += 1;
    }
    let null = said.as_bytes()[space - 1] == b'?';
    Holds { ty: said.split_at(space + 1).1, kind: Some(kind), null }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What the macro says of a type is what the type says of itself.
    #[test]
    fn a_scalar_holds_what_its_trait_says() {
        let said = scalars([
            "integer i64",
            "integer bool",
            "real f64",
            "text String",
            "blob Vec<u8>",
            "integer? Option<u32>",
            "text? Option<String>",
        ]);
        let known = [
            Known::<i64>::READ.named("i64"),
            Known::<bool>::READ.named("bool"),
            Known::<f64>::READ.named("f64"),
            Known::<String>::READ.named("String"),
            Known::<Vec<u8>>::READ.named("Vec<u8>"),
            Known::<Option<u32>>::READ.named("Option<u32>"),
            Known::<Option<String>>::READ.named("Option<String>"),
        ];
        assert_eq!(said, known);
    }
}

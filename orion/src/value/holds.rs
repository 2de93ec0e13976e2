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

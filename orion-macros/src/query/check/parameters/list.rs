//! Arguments that are lists: `in (:ids)` with `ids: &[i64]`.

use syn::{LitStr, Type};

use crate::argument::{Argument, By, bare};
use crate::errors::Errors;
use crate::scalar::{Class, Scalar, argument_of};
use crate::schema;
use crate::spelling::spell;
use crate::sql::Parameter;

/// The type of the elements where the argument is a list, which is bound as one value and can stand in one place only.
pub(super) fn element(
    cx: &mut Errors,
    what: &str,
    sql: &LitStr,
    parameter: &Parameter,
    argument: &Argument,
) -> Option<Type> {
    let (name, ty) = (&parameter.name, spell(&argument.ty));
    let element = of(&argument.ty)?;
    if argument.by == By::Value {
        cx.at(&argument.ty, format!("argument `{name}` of {what} must be a list by reference"))
            .help(format!("take `{name}: &[{}]`", spell(element)));
    } else if let Some(place) = parameter.elsewhere.clone() {
        let message =
            format!("parameter `:{name}` of {what} is a list, `{ty}`, and must stand alone inside `in (…)`");
        cx.at(sql, schema::quote(sql, Some(place), message))
            .help(format!("write `… in (:{name})`, or take one value: `{name}: {}`", spell(element)));
    } else if let Some(scalar) = Scalar::of(element)
        && (scalar.optional || scalar.class == Class::Blob)
    {
        let why = if scalar.optional { "null is equal to nothing" } else { "a list holds no blobs" };
        cx.at(
            &argument.ty,
            format!("parameter `:{name}` of {what} cannot be a list of `{}`: {why}", spell(element)),
        )
        .help("a list holds integers, reals and texts");
    }
    Some(element.clone())
}

/// The type of the elements of a slice or a `Vec`; bytes are one value.
fn of(ty: &Type) -> Option<&Type> {
    if Scalar::of(ty).is_some() {
        return None;
    }
    let referenced = match bare(ty) {
        Type::Reference(reference) => bare(&reference.elem),
        owned => owned,
    };
    match referenced {
        Type::Slice(slice) => Some(&slice.elem),
        vec => argument_of(vec, "Vec"),
    }
}

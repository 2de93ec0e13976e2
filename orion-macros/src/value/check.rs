//! Judges the shape of a type that is to be stored.

use syn::ext::IdentExt;
use syn::{Data, DataEnum, DataStruct, DeriveInput, Fields};

use super::model::{Stored, Value, Variant};
use crate::errors::Errors;

pub(super) fn check(cx: &mut Errors, input: DeriveInput) -> Value {
    let DeriveInput { ident, generics, data, .. } = input;
    let before = cx.count();
    if !generics.params.is_empty() {
        cx.at(&generics, format!("value `{ident}` must not be generic")).help("write the types out");
    }
    let stored = match data {
        Data::Struct(DataStruct { fields: Fields::Unnamed(fields), .. }) if fields.unnamed.len() == 1 => {
            fields.unnamed.into_iter().next().map(|field| Stored::As(Box::new(field.ty)))
        }
        Data::Enum(DataEnum { variants, .. }) if !variants.is_empty() => {
            Some(Stored::Named(named(cx, &ident.to_string(), variants)))
        }
        _ => {
            cx.at(&ident, format!("value `{ident}` must be a struct around one value or an enum"))
                .help(format!("write `struct {ident}(i64);` or `enum {ident} {{ Low, High }}`"));
            None
        }
    };
    Value { ident, generics, stored: stored.filter(|_| cx.count() == before) }
}

fn named(cx: &mut Errors, of: &str, variants: impl IntoIterator<Item = syn::Variant>) -> Vec<Variant> {
    let mut named: Vec<Variant> = Vec::new();
    for variant in variants {
        let ident = variant.ident;
        if !matches!(variant.fields, Fields::Unit) {
            cx.at(&variant.fields, format!("variant `{ident}` of value `{of}` must not have fields"))
                .help("it is stored as its name; what it holds belongs in a column of its own");
        }
        let name = snake_case(&ident.unraw().to_string());
        if let Some(first) = named.iter().find(|other| other.name == name) {
            cx.at(
                &ident,
                format!(
                    "variants `{}` and `{ident}` of value `{of}` are both stored as `{name}`",
                    first.ident
                ),
            )
            .help("give one of them another name");
        }
        named.push(Variant { ident, name });
    }
    named
}

/// As serde's `rename_all = "snake_case"` has it, so that a name is the same in the database and in JSON.
fn snake_case(name: &str) -> String {
    let mut snake = String::new();
    for (at, letter) in name.char_indices() {
        if letter.is_uppercase() && at > 0 {
            snake.push('_');
        }
        snake.push(letter.to_ascii_lowercase());
    }
    snake
}

//! Judges the shape of a row struct.

use syn::ext::IdentExt;
use syn::{Data, DataStruct, DeriveInput, Fields};

use super::model::{Field, Row};
use crate::errors::Errors;

pub(super) fn check(cx: &mut Errors, input: DeriveInput) -> Row {
    let DeriveInput { ident, generics, data, .. } = input;
    let before = cx.count();
    if !generics.params.is_empty() {
        cx.at(&generics, format!("row `{ident}` must not be generic")).help("write its fields' types out");
    }
    let fields = fields(&data);
    if fields.is_none() {
        cx.at(&ident, format!("row `{ident}` must be a struct with named fields"))
            .help(format!("write `struct {ident} {{ id: i64, … }}`, one field a column"));
    }
    Row { ident, generics, fields: fields.filter(|_| cx.count() == before) }
}

/// The fields of a struct that has some, each with a name.
pub(super) fn fields(data: &Data) -> Option<Vec<Field>> {
    let Data::Struct(DataStruct { fields: Fields::Named(fields), .. }) = data else { return None };
    let fields = fields.named.iter().filter_map(|field| {
        let ident = field.ident.clone()?;
        Some(Field { name: ident.unraw().to_string(), ident, ty: field.ty.clone() })
    });
    Some(fields.collect()).filter(|fields: &Vec<Field>| !fields.is_empty())
}

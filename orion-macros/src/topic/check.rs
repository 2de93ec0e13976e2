//! Judges a topic: a struct whose fields can be printed.

use syn::{Member, Type};

use super::model::Topic;
use super::parse::Written;
use crate::errors::Errors;
use crate::function::cfg;
use crate::scalar::{Class, Scalar};
use crate::spelling::spell;

/// Checks a topic.
pub(crate) fn check(cx: &mut Errors, written: Written) -> Topic {
    let Written { item, structure } = written;
    let before = cx.count();
    let mut fields = Vec::new();
    if let Some(structure) = &structure {
        let name = &structure.ident;
        if !structure.generics.params.is_empty() {
            cx.at(&structure.generics, format!("topic `{name}` must not be generic"))
                .help("write the type of its key out");
        }
        for (at, field) in structure.fields.iter().enumerate() {
            plain(cx, &name.to_string(), &field.ty);
            let member = field.ident.clone().map_or_else(|| Member::from(at), Member::Named);
            fields.push((member, field.ty.clone()));
        }
    }
    let fields = (structure.is_some() && cx.count() == before).then_some(fields);
    Topic { cfg: cfg(&item.attrs), item, structure, fields }
}

/// A key is printed: types that surely cannot be are told here, others by `Display`.
fn plain(cx: &mut Errors, name: &str, ty: &Type) {
    let list = matches!(ty, Type::Array(_) | Type::Slice(_) | Type::Tuple(_));
    let known = Scalar::of(ty).is_some_and(|scalar| scalar.optional || scalar.class == Class::Blob);
    if list || known {
        cx.at(ty, format!("the key of topic `{name}` must be plain, and `{}` cannot be printed", spell(ty)))
            .help("a topic is keyed by integers, strings and what else implements `Display`");
    }
}

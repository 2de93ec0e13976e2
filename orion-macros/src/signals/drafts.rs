//! The structs of a slice that can be read from signals.

use std::collections::BTreeMap;

use quote::ToTokens;
use syn::{Data, DataStruct, DeriveInput, Fields, GenericArgument, Ident, PathArguments, Type};

use super::model::{Field, Names};
use super::naming::{Naming, by_rule};
use crate::argument::bare;
use crate::function::cfg;
use crate::item::{Item, Shape};
use crate::row::derives;

/// The structs with named fields that derive `Deserialize`, by their names.
#[derive(Default)]
pub(crate) struct Drafts {
    structs: BTreeMap<String, DeriveInput>,
}

impl Drafts {
    /// Remembers the item if it is such a struct.
    pub(crate) fn collect(&mut self, item: &Item) {
        if item.shape == Shape::Struct
            && derives(item, "Deserialize")
            && let Ok(input) = syn::parse2::<DeriveInput>(item.to_token_stream())
            && input.generics.params.is_empty()
            && named(&input).is_some()
        {
            self.structs.insert(input.ident.to_string(), input);
        }
    }

    /// The signals of `Signals<T>`, or the fields of `Form<T>`; `None` where `T` is not one of these structs.
    pub(crate) fn of(&self, argument: &Type) -> Option<Names> {
        self.names(only_argument(argument)?, "", &[])
    }

    /// The signals of a struct of the slice, each with `prefix` before it. `outer` are the structs that it is in: none is in
    /// itself, but somebody may have written that.
    fn names(&self, ty: &Type, prefix: &str, outer: &[&Ident]) -> Option<Names> {
        let Type::Path(path) = bare(ty) else { return None };
        let input = self.structs.get(&path.path.get_ident()?.to_string())?;
        if outer.contains(&&input.ident) {
            return None;
        }
        let outer = [outer, &[&input.ident]].concat();
        let naming = Naming::of(&input.attrs);
        let mut names = Names { ident: input.ident.clone(), fields: Vec::new(), open: naming.foreign };
        for field in named(input)? {
            let Some(ident) = &field.ident else { continue };
            let own = Naming::of(&field.attrs);
            if own.skip {
                continue;
            }
            let name = own.rename.unwrap_or_else(|| by_rule(ident, naming.rename_all.as_deref()));
            let (flat, name) = if own.flatten {
                (true, prefix.trim_end_matches('.').to_owned())
            } else {
                (false, format!("{prefix}{name}"))
            };
            let inner = if flat {
                self.names(&field.ty, prefix, &outer)
            } else {
                self.names(option(&field.ty), &format!("{name}."), &outer)
            };
            names.open |= own.foreign || (flat && inner.is_none());
            names.fields.push(Field {
                ident: ident.clone(),
                cfg: cfg(&field.attrs),
                aliases: own.aliases.iter().map(|alias| format!("{prefix}{alias}")).collect(),
                name,
                inner,
                flat,
            });
        }
        Some(names)
    }
}

fn named(input: &DeriveInput) -> Option<impl Iterator<Item = &syn::Field>> {
    match &input.data {
        Data::Struct(DataStruct { fields: Fields::Named(fields), .. }) => Some(fields.named.iter()),
        _ => None,
    }
}

/// `T` of `Option<T>`, whose members are there or not.
fn option(ty: &Type) -> &Type {
    match bare(ty) {
        Type::Path(path) if path.path.segments.last().is_some_and(|last| last.ident == "Option") => {
            only_argument(ty).unwrap_or(ty)
        }
        _ => ty,
    }
}

/// `T` of `X<T>`.
fn only_argument(ty: &Type) -> Option<&Type> {
    let Type::Path(path) = bare(ty) else { return None };
    let PathArguments::AngleBracketed(arguments) = &path.path.segments.last()?.arguments else { return None };
    match arguments.args.first()? {
        GenericArgument::Type(ty) if arguments.args.len() == 1 => Some(ty),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use syn::parse_quote;

    fn names(structs: &[&str], of: &Type) -> Names {
        let mut drafts = Drafts::default();
        for source in structs {
            drafts.collect(&syn::parse_str(&format!("#[derive(Deserialize)] {source}")).expect("a struct"));
        }
        drafts.of(of).expect("a struct of the slice")
    }

    #[test]
    fn nested_structs_nest_and_flattened_ones_do_not() {
        let names = names(
            &[
                r#"#[serde(rename_all = "camelCase")] struct Draft { due_date: String, edit: Option<Edit>,
                    #[serde(flatten)] who: Who, #[serde(skip)] no: u8, #[serde(rename = "a", alias = "b")] c: u8 }"#,
                "struct Edit { title: String }",
                "struct Who { name: String }",
            ],
            &parse_quote!(Signals<Draft>),
        );
        assert_eq!(names.all(), ["dueDate", "edit", "edit.title", "name", "a"]);
        for known in ["dueDate", "dueDate.length", "edit", "edit.title.trim", "name", "a", "b"] {
            assert!(names.know(known), "{known}");
        }
        for unknown in ["due_date", "edit.titel", "who", "who.name", "no", "c", "titles"] {
            assert!(!names.know(unknown), "{unknown}");
        }
    }

    #[test]
    fn what_serde_takes_from_elsewhere_may_have_any_name() {
        let flat = names(
            &["struct Draft { a: u8, #[serde(flatten)] rest: Rest }"],
            &parse_quote!(orion::Signals<Draft>),
        );
        assert!(flat.know("anything") && flat.all() == ["a"]);
        let inner = names(
            &["struct Draft { a: Inner }", r#"#[serde(from = "X")] struct Inner { b: u8 }"#],
            &parse_quote!(Signals<Draft>),
        );
        assert!(inner.know("a.anything") && !inner.know("b"));
    }

    #[test]
    fn a_struct_in_itself_ends() {
        let names = names(&["struct A { a: Option<A>, #[serde(flatten)] b: A }"], &parse_quote!(Signals<A>));
        assert_eq!(names.all(), ["a"]);
    }

    #[test]
    fn a_struct_from_elsewhere_is_not_known() {
        assert!(Drafts::default().of(&parse_quote!(Signals<super::Draft>)).is_none());
        assert!(Drafts::default().of(&parse_quote!(Signals<BTreeMap<String, u8>>)).is_none());
    }
}

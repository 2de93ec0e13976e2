//! What serde calls a field: the attributes that say so, and its rules for writing names.

use syn::ext::IdentExt;
use syn::meta::ParseNestedMeta;
use syn::{Attribute, Ident, LitStr, Token};

/// What a struct's or a field's `#[serde(…)]` says about names.
#[derive(Default)]
pub(super) struct Naming {
    pub(super) rename: Option<String>,
    pub(super) rename_all: Option<String>,
    pub(super) aliases: Vec<String>,
    pub(super) skip: bool,
    pub(super) flatten: bool,
    /// It is read in a way of its own, so that its fields say nothing about the signals.
    pub(super) foreign: bool,
}

impl Naming {
    pub(super) fn of(attrs: &[Attribute]) -> Self {
        let mut naming = Self::default();
        for attr in attrs {
            if attr.path().is_ident("serde") {
                // What cannot be parsed here serde reports.
                let _ = attr.parse_nested_meta(|meta| naming.read(&meta));
            }
            naming.foreign |= attr.path().is_ident("cfg_attr");
        }
        naming
    }

    fn read(&mut self, meta: &ParseNestedMeta<'_>) -> syn::Result<()> {
        let name = meta.path.get_ident().map(Ident::to_string).unwrap_or_default();
        match name.as_str() {
            "rename" => self.rename = for_reading(meta)?.or(self.rename.take()),
            "rename_all" => self.rename_all = for_reading(meta)?.or(self.rename_all.take()),
            "alias" => self.aliases.push(meta.value()?.parse::<LitStr>()?.value()),
            "skip" | "skip_deserializing" => self.skip = true,
            "flatten" => self.flatten = true,
            "transparent" => self.foreign = true,
            "from" | "try_from" | "remote" => {
                self.foreign = true;
                meta.value()?.parse::<LitStr>()?;
            }
            _ if meta.input.peek(Token![=]) => {
                meta.value()?.parse::<syn::Lit>()?;
            }
            _ if meta.input.peek(syn::token::Paren) => {
                meta.parse_nested_meta(|inner| inner.value()?.parse::<LitStr>().map(|_| ()))?;
            }
            _ => {}
        }
        Ok(())
    }
}

/// `rename = "x"`, or `rename(deserialize = "x")`.
fn for_reading(meta: &ParseNestedMeta<'_>) -> syn::Result<Option<String>> {
    if meta.input.peek(Token![=]) {
        return Ok(Some(meta.value()?.parse::<LitStr>()?.value()));
    }
    let mut name = None;
    meta.parse_nested_meta(|inner| {
        let text = inner.value()?.parse::<LitStr>()?.value();
        if inner.path.is_ident("deserialize") {
            name = Some(text);
        }
        Ok(())
    })?;
    Ok(name)
}

/// The field's name by serde's rule of this name, which is for fields written as Rust's are: `due_date`.
pub(super) fn by_rule(field: &Ident, rule: Option<&str>) -> String {
    let name = field.unraw().to_string();
    let capital = |word: &str| {
        let mut letters = word.chars();
        letters.next().map(|first| first.to_ascii_uppercase()).into_iter().chain(letters).collect::<String>()
    };
    let pascal = || name.split('_').map(capital).collect::<String>();
    match rule {
        Some("UPPERCASE" | "SCREAMING_SNAKE_CASE") => name.to_ascii_uppercase(),
        Some("PascalCase") => pascal(),
        Some("camelCase") => {
            let pascal = pascal();
            let first = pascal.chars().next().map(|first| first.to_ascii_lowercase());
            first.into_iter().chain(pascal.chars().skip(1)).collect()
        }
        Some("kebab-case") => name.replace('_', "-"),
        Some("SCREAMING-KEBAB-CASE") => name.to_ascii_uppercase().replace('_', "-"),
        _ => name,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use syn::parse_quote;

    #[test]
    fn a_name_is_written_by_serdes_rules() {
        let named = |rule| by_rule(&parse_quote!(due_date), rule);
        assert_eq!(named(None), "due_date");
        assert_eq!(named(Some("camelCase")), "dueDate");
        assert_eq!(named(Some("PascalCase")), "DueDate");
        assert_eq!(named(Some("kebab-case")), "due-date");
        assert_eq!(named(Some("SCREAMING-KEBAB-CASE")), "DUE-DATE");
        assert_eq!(named(Some("SCREAMING_SNAKE_CASE")), "DUE_DATE");
        assert_eq!(by_rule(&parse_quote!(r#type), None), "type");
    }

    #[test]
    fn every_word_of_serdes_is_read_past() {
        let attrs: [Attribute; 2] = [
            parse_quote!(#[serde(crate = "x", bound(deserialize = "T: X"), default, deserialize_with = "f", rename(serialize = "a", deserialize = "b"))]),
            parse_quote!(#[serde(default = "g", alias = "c", rename_all = "camelCase", deny_unknown_fields, flatten)]),
        ];
        let naming = Naming::of(&attrs);
        assert_eq!(naming.rename.as_deref(), Some("b"));
        assert_eq!(naming.rename_all.as_deref(), Some("camelCase"));
        assert_eq!(naming.aliases, ["c"]);
        assert!(naming.flatten && !naming.skip && !naming.foreign);
    }
}

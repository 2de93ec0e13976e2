//! Judges a migration: a constant with SQL that SQLite runs.

use quote::ToTokens;
use syn::{Expr, ExprLit, ItemConst, Lit, Type, parse_quote};

use super::model::Migration;
use super::parse::Written;
use crate::argument::is_named;
use crate::errors::Errors;
use crate::function::cfg;
use crate::schema::Schema;
use crate::script::Script;
use crate::spelling::spell;

/// Applies a migration to the schema.
pub(crate) fn check(cx: &mut Errors, written: Written, schema: &mut Schema) -> Migration {
    let before = cx.count();
    match sql(cx, &written) {
        Some(script) => schema.apply(cx, script),
        None => schema.lacks_one(),
    }
    let Written { item, constant } = written;
    let mut migration = Migration { cfg: cfg(&item.attrs), item, sound: None };
    if let Some(mut constant) = constant {
        if !is_text(&constant) {
            // Reported above; with this type rustc has nothing to add.
            constant.ty = parse_quote!(&str);
            migration.item.tokens = constant.to_token_stream();
        }
        migration.sound = Some(constant.ident).filter(|_| cx.count() == before);
    }
    migration
}

fn sql(cx: &mut Errors, written: &Written) -> Option<Script> {
    const HELP: &str = "write `const CREATE: &str = \"create table …\";`";
    let constant = written.constant.as_ref()?;
    let what = format!("migration `{}`", constant.ident);
    if !is_text(constant) {
        cx.at(&constant.ty, format!("{what} must be a `&str`, not `{}`", spell(&constant.ty))).help(HELP);
    }
    match written.value() {
        Some(Expr::Lit(ExprLit { lit: Lit::Str(literal), .. })) => {
            Some(Script::of_constant(&constant.ident, literal.clone()))
        }
        // The type was reported, and it is why the value is not text.
        _ if !is_text(constant) => None,
        value => {
            cx.at(value, format!("{what} must be a string literal"))
                .help("it is applied while compiling, before `concat!`, `include_str!` and other constants have a value");
            None
        }
    }
}

fn is_text(constant: &ItemConst) -> bool {
    matches!(&*constant.ty, Type::Reference(text) if is_named(&text.elem, "str"))
}

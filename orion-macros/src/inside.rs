//! `ORION_EXPAND=todos cargo check`: prints what the macros write, for a person who wants to look inside.
//!
//! Only shows: what is written is the same with the variable and without it.

use std::io::Write as _;
use std::process::{Command, Stdio};

use proc_macro2::TokenStream;
use quote::quote;

/// The variable that asks: names of slices, `main` for the composition root, `*` for everything; commas between them.
const VARIABLE: &str = "ORION_EXPAND";

/// Prints the expansion of `name` to standard error, if the variable names it.
pub(crate) fn show(name: &str, expansion: &TokenStream) {
    let Some(asked) = asked() else { return };
    if !asked.split(',').map(str::trim).any(|asked| asked == "*" || asked == name) {
        return;
    }
    let source = expansion.to_string();
    let text = formatted(&source)
        .unwrap_or_else(|| format!("// as it is: `rustfmt` cannot be had for it\n{source}\n"));
    eprintln!("// what orion writes for `{name}`\n{text}");
}

/// What was asked for.
pub(crate) fn asked() -> Option<String> {
    std::env::var(VARIABLE).ok()
}

/// The expansion with what the compiler has to see, so that Cargo compiles it again when the variable changes.
pub(crate) fn watched(expansion: &TokenStream) -> TokenStream {
    quote! {
        #expansion
        const _: ::core::option::Option<&::core::primitive::str> = ::core::option_env!(#VARIABLE);
    }
}

/// The source as `rustfmt` writes it; `None` where there is none, or the source is half-typed.
fn formatted(source: &str) -> Option<String> {
    let mut rustfmt = Command::new("rustfmt")
        .args(["--edition", "2024", "--emit", "stdout"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .ok()?;
    // Dropped at the end of the statement: then rustfmt knows that this is all.
    let written = rustfmt.stdin.take()?.write_all(source.as_bytes());
    let output = rustfmt.wait_with_output().ok()?;
    written.ok()?;
    output.status.success().then(|| String::from_utf8(output.stdout).ok())?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_half_typed_is_not_formatted() {
        assert_eq!(formatted("fn a() { let x = ; }"), None);
    }

    #[test]
    fn what_is_watched_follows_the_expansion() {
        let watched = watched(&quote!(
            mod a {}
        ))
        .to_string();
        assert!(
            watched.starts_with("mod a { }") && watched.contains("option_env ! (\"ORION_EXPAND\")"),
            "{watched}"
        );
    }
}

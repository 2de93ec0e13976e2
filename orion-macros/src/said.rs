//! The words of a slice. A private link whose name the slice never says is not written: nobody could use it, and the compiler would
//! work it out each time.

use std::collections::HashSet;

use syn::Visibility;

use crate::function::Function;

/// What it says; `None` where more is said than can be seen.
pub(crate) struct Said(Option<Words>);

#[derive(Default)]
struct Words {
    links: HashSet<String>,
    /// Of what it says something that is no link, `create` of `create::acton()`: the compiler is to know the link that was meant.
    misspelled: HashSet<String>,
}

/// All that there are.
const LINKS: [&str; 4] = ["action", "path", "region", "signals"];

/// Macros that say nothing but what they are given.
const PLAIN: [&str; 36] = [
    "assert",
    "assert_eq",
    "assert_ne",
    "column",
    "concat",
    "dbg",
    "debug",
    "debug_assert",
    "debug_assert_eq",
    "debug_assert_ne",
    "ensure",
    "env",
    "eprint",
    "eprintln",
    "error",
    "file",
    "format",
    "html",
    "include_bytes",
    "include_str",
    "info",
    "line",
    "matches",
    "option_env",
    "panic",
    "print",
    "println",
    "stringify",
    "todo",
    "trace",
    "unimplemented",
    "unreachable",
    "vec",
    "warn",
    "write",
    "writeln",
];

impl Said {
    /// Whatever there is.
    pub(crate) fn everything() -> Self {
        Self(None)
    }

    /// The words of a module, as the compiler shows its tokens. What another macro of the user's says is not seen, nor what a module in
    /// another file does.
    pub(crate) fn of(module: &str) -> Self {
        let (mut words, mut before) = (Words::default(), "");
        let mut rest = module;
        while let Some(start) = rest.find(is_of_a_word) {
            let is_of_before = rest[..start].trim() == "::";
            rest = &rest[start..];
            let end = rest.find(|letter| !is_of_a_word(letter)).unwrap_or(rest.len());
            let (word, after) = rest.split_at(end);
            let calls =
                after.strip_prefix('!').is_some_and(|after| after.trim_start().starts_with(['(', '[', '{']));
            let is_elsewhere = before == "mod" && after.trim_start().starts_with(';');
            if is_elsewhere || (calls && PLAIN.binary_search(&word).is_err()) {
                return Self::everything();
            }
            if LINKS.contains(&word) {
                words.links.insert(word.to_owned());
            } else if is_of_before {
                words.misspelled.insert(before.to_owned());
            }
            (before, rest) = (word, after);
        }
        Self(Some(words))
    }

    /// Whether somebody may call the link of this name to what the function declares.
    pub(crate) fn may_call(&self, link: &str, function: &Function) -> bool {
        let is_private = matches!(function.vis, Visibility::Inherited);
        let is_said =
            |words: &Words| words.links.contains(link) || words.misspelled.contains(&function.name());
        !is_private || self.0.as_ref().is_none_or(is_said)
    }
}

fn is_of_a_word(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_'
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whether a private function's `path` is written for this module.
    fn path(vis: &str, module: &str) -> bool {
        let function = format!("{vis} fn create() {{}}").parse().expect("tokens");
        let item = syn::parse2(function).expect("an item");
        Said::of(module).may_call("path", &Function::of(&item).expect("a function"))
    }

    #[test]
    fn the_macros_that_are_known_are_in_order() {
        assert!(PLAIN.is_sorted());
    }

    #[test]
    fn a_link_that_its_slice_says_is_written() {
        assert!(path("", "fn home() { create::path() }"));
        assert!(path("", "fn home() { html! { a href=(create::r#path()) {} } }"));
        assert!(!path("", "fn home() { html! { a href=(home::paths()) {} } }"));
        assert!(!path("", "if !a.is_empty() && a != b { return !format!(\"{a}\").is_empty() }"));
    }

    #[test]
    fn a_link_that_may_have_been_meant_is_written() {
        assert!(path("", "fn home() { html! { a href=(create::paths()) {} } }"));
        assert!(path("", "fn home() { self::create :: acton() }"));
    }

    #[test]
    fn a_link_that_others_may_say_is_written() {
        assert!(path("pub", ""));
        assert!(path("pub(super)", ""));
    }

    #[test]
    fn a_link_that_may_be_said_unseen_is_written() {
        assert!(path("", "mod tests;"));
        assert!(!path("", "mod tests { fn a() {} }"));
        assert!(path("", "fn home() { link!(create) }"));
        assert!(path("", "fn home() { crate::link! { create } }"));
    }
}

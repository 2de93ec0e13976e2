//! Judges what `main!` names: slices, each once, and a folder that is there.

use std::path::Path;

use proc_macro2::{Span, TokenStream};
use quote::ToTokens;
use syn::Path as RustPath;

use super::files;
use super::model::{Application, File};
use crate::errors::Errors;
use crate::listed;
use crate::nearest::nearest;
use crate::options::Options;

/// The folder that is taken where `static` is not said and it exists.
const FOLDER: &str = "static";

pub(super) fn check(cx: &mut Errors, mut options: Options, root: &Path) -> Application {
    let slices = slices(cx, &mut options);
    let files = files(cx, &mut options, root);
    let stated = stated(cx, &mut options);
    Application { name: options.take_string(cx, "name"), slices, files, stated }
}

fn slices(cx: &mut Errors, options: &mut Options) -> Vec<RustPath> {
    const HELP: &str = "write `slices: [todos, board::slice]`";
    let Some(option) = options.take("slices") else {
        if !options.broken {
            cx.at_span(Span::call_site(), "`orion::main!` must list the slices of the application")
                .help(HELP);
        }
        return Vec::new();
    };
    let Some(list) = option.array() else {
        cx.at(option.wrong(), "option `slices` must be a list").help(HELP);
        return Vec::new();
    };
    if list.is_empty() {
        cx.warn(option.wrong(), "an application without slices answers nothing")
            .help("list them by the paths of their modules: `slices: [todos, board::slice]`");
    }
    listed::slices(cx, list, HELP)
}

fn stated(cx: &mut Errors, options: &mut Options) -> bool {
    let Some(option) = options.take("access") else { return false };
    let word = option.word().map(|word| word.to_string());
    let required = word.as_deref() == Some("required");
    if !required {
        let near = word.and_then(|word| nearest(&word, ["required"]));
        let help = near.map_or(
            "leave it out where commands and pages need not say who may use them",
            |_| "did you mean `required`?",
        );
        cx.at(option.wrong(), "option `access` must be `required`").help(help);
    }
    required
}

fn files(cx: &mut Errors, options: &mut Options, root: &Path) -> Vec<File> {
    let option = options.take_string(cx, "static");
    let folder = option.as_ref().map_or_else(|| FOLDER.to_owned(), syn::LitStr::value);
    match (files::under(root, &folder), &option) {
        (Ok(files), _) => files,
        // Nobody asked for the folder.
        (Err(error), None) if error.kind() == std::io::ErrorKind::NotFound => Vec::new(),
        (Err(error), Some(option)) if error.kind() == std::io::ErrorKind::NotFound => {
            cx.at(option, format!("there is no folder `{folder}` beside `Cargo.toml`"))
                .help("create it, or name the folder whose files the application serves");
            Vec::new()
        }
        (Err(error), option) => {
            let place = option.as_ref().map_or_else(TokenStream::new, ToTokens::to_token_stream);
            cx.at(place, format!("the files in `{folder}` cannot be read: {error}"));
            Vec::new()
        }
    }
}

//! Judges a command: its method and path, what it works with, what it takes from the request.

use proc_macro2::Ident;
use quote::ToTokens;

use super::model::{Command, Draft, Link, Method};
use super::parse::Written;
use crate::access::{self, Access, Roles};
use crate::argument::{Argument, By, Role};
use crate::errors::Errors;
use crate::function::Function;
use crate::nearest;
use crate::route::{self, Route};
use crate::signals::Drafts;
use crate::spelling::spell;

/// Where an argument comes from that is not in the path.
const FROM: &str = "from the page with `Signals<T>` or from a form with `Form<T>`";

/// Checks a command.
pub(crate) fn check(cx: &mut Errors, written: Written, drafts: &Drafts, roles: &Roles) -> Command {
    let Written { function, method, path, access } = written;
    let what = format!("command `{}`", function.name());
    let before = cx.count();
    let arguments = function.arguments(cx, &what);
    let method = method.and_then(|method| named(cx, &what, &method));
    let unwritten = || Route::unwritten(function.sig.ident.span());
    let route = path.as_ref().map_or_else(unwritten, |path| route::check(cx, &what, path));
    if function.output().is_none() {
        cx.at(&function.sig.ident, format!("{what} must return a reply"))
            .help("write `-> Result<Reply>`; for nothing to say end with `Ok(Reply::done())`");
    }
    if let Some(arguments) = &arguments {
        works_with(cx, &what, &function, arguments);
        takes(cx, &what, arguments);
    }
    let form = arguments.iter().flatten().any(|argument| argument.role == Role::Form);
    let filled = route::filled(cx, &what, &route, arguments.as_deref(), FROM);
    let known = path.is_some().then_some(&filled.arguments[..]);
    let access = access::check(cx, &what, &access, known, roles);
    let draft = draft(arguments.as_deref(), drafts);
    // Nothing is proven of a command whose method or path is not known, but its links are there: that is the one mistake.
    let sound = method.is_some() && path.is_some() && access.is_some() && cx.count() == before;
    let link = Link { method: method.unwrap_or(Method::Post), route, filled, form };
    let access = access.unwrap_or(Access::Unstated);
    Command { function, link, access, arguments: arguments.filter(|_| sound), draft }
}

fn named(cx: &mut Errors, what: &str, method: &Ident) -> Option<Method> {
    let name = method.to_string();
    let found = Method::named(&name);
    if found.is_none() {
        cx.at(method, format!("{what} must be `get`, `post`, `put`, `patch` or `delete`, not `{name}`"))
            .help(nearest::hint(&name, &Method::NAMES));
    }
    found
}

/// What it takes from the page. Where the arguments are not understood that is not known.
fn draft(arguments: Option<&[Argument]>, drafts: &Drafts) -> Option<Draft> {
    let Some(arguments) = arguments else { return Some(Draft { role: Role::Signals, names: None }) };
    let body = arguments.iter().find(|argument| matches!(argument.role, Role::Signals | Role::Form));
    body.map(|argument| Draft { role: argument.role, names: drafts.of(&argument.ty) })
}

/// `&Tx` first, or async with `Cx` first.
fn works_with(cx: &mut Errors, what: &str, function: &Function, arguments: &[Argument]) {
    let wanted = if function.sig.asyncness.is_some() { Role::Cx } else { Role::Tx };
    let fits = |argument: &Argument| match wanted {
        Role::Tx => argument.is(Role::Tx),
        _ => argument.role == Role::Cx && argument.by != By::Mutable,
    };
    if arguments.first().is_some_and(fits) {
        for argument in &arguments[1..] {
            if matches!(argument.role, Role::Db | Role::Tx | Role::Cx) {
                let (first, second) = (spell(&arguments[0].ty), spell(&argument.ty));
                cx.at(&argument.ty, format!("{what} must not take `{second}` beside `{first}`"))
                    .help(format!("`{}` is all it needs: it reads and writes", arguments[0].name()));
            }
        }
        return;
    }
    let store = arguments.iter().find(|argument| matches!(argument.role, Role::Db | Role::Tx | Role::Cx));
    let place =
        store.map_or_else(|| function.sig.ident.to_token_stream(), |store| store.ty.to_token_stream());
    if wanted == Role::Cx {
        cx.at(place, format!("{what} is async and must take `Cx` first"))
            .help("write `cx: Cx`, and in the body `cx.write(|tx| …).await?`: so no await holds the store");
    } else if store.is_some_and(|store| store.is(Role::Tx)) {
        cx.at(place, format!("{what} must take `&Tx` first")).help("move it to the front");
    } else if let Some(store) = store {
        let (name, ty) = (store.name(), spell(&store.ty));
        cx.at(place, format!("{what} must take `&Tx` or be async")).help(format!(
            "write `tx: &Tx` in place of `{name}: {ty}`, which reads and writes; or `async fn` with `cx: Cx`"
        ));
    } else {
        cx.at(place, format!("{what} must take `&Tx` or be async"))
            .help("write `tx: &Tx` first, which reads and writes; or `async fn` with `cx: Cx` first");
    }
}

/// What comes from the request can be kept until the writer has time for it.
fn takes(cx: &mut Errors, what: &str, arguments: &[Argument]) {
    for argument in arguments {
        let (name, ty) = (argument.name(), spell(&argument.ty));
        match argument.role {
            Role::Db | Role::Tx | Role::Cx => {}
            Role::Viewer if argument.by != By::Mutable => {}
            Role::Viewer => {
                cx.at(&argument.ty, format!("{what} must take `&Viewer`"))
                    .help(format!("write `{name}: &Viewer`"));
            }
            Role::Present => {
                cx.at(&argument.ty, format!("{what} cannot know who is present"))
                    .help("`&Present` is for regions; who acts is `&Viewer`");
            }
            Role::Signals | Role::Form | Role::Query | Role::Plain if argument.can_be_kept() => {}
            Role::Signals | Role::Form | Role::Query | Role::Plain => {
                let owned = ty.trim_start_matches("&mut ").trim_start_matches('&');
                cx.at(&argument.ty, format!("argument `{name}` of {what} must be owned, or `&str`"))
                    .help(format!("write `{name}: {owned}`"));
            }
        }
    }
    let body = |role| arguments.iter().find(move |argument: &&Argument| argument.role == role);
    if let (Some(_), Some(form)) = (body(Role::Signals), body(Role::Form)) {
        cx.at(&form.ty, format!("{what} must take signals or a form, not both")).help(
            "an action sends one of the two: take `Form<T>` to have the fields of the form that it is in",
        );
    }
}

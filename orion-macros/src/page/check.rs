//! Judges a page: its path, and what it is rendered from.

use super::model::{Link, Page};
use super::parse::Written;
use crate::access::{self, Access, Roles};
use crate::argument::{Argument, By, Role};
use crate::errors::Errors;
use crate::route::{self, Route};
use crate::spelling::spell;

/// Where an argument comes from that is not in the path.
const FROM: &str = "from the address with `Query<T>`";

/// Checks a page.
pub(crate) fn check(cx: &mut Errors, written: Written, roles: &Roles) -> Page {
    let Written { function, path, title, access } = written;
    let what = format!("page `{}`", function.name());
    let before = cx.count();
    if let Some(token) = function.sig.asyncness {
        cx.at(token, format!("{what} must not be async")).help(
            "a page and its regions are painted from one snapshot of the store; awaiting is for commands",
        );
    }
    if function.output().is_none() {
        cx.at(&function.sig.ident, format!("{what} must return a document"))
            .help("write `-> Markup`, `-> Document`, or a `Result` of either");
    }
    let arguments = function.arguments(cx, &what);
    let unwritten = || Route::unwritten(function.sig.ident.span());
    let route = path.as_ref().map_or_else(unwritten, |path| route::check(cx, &what, path));
    for argument in arguments.iter().flatten() {
        takes(cx, &what, argument);
    }
    let filled = route::filled(cx, &what, &route, arguments.as_deref(), FROM);
    let known = path.is_some().then_some(&filled.arguments[..]);
    let access = access::check(cx, &what, &access, known, roles);
    let sound = path.is_some() && access.is_some() && cx.count() == before;
    let access = access.unwrap_or(Access::Unstated);
    let link = Link { route, filled };
    Page { function, title, link, access, arguments: arguments.filter(|_| sound) }
}

fn takes(cx: &mut Errors, what: &str, argument: &Argument) {
    let (name, ty) = (argument.name(), spell(&argument.ty));
    match argument.role {
        Role::Db | Role::Viewer if argument.by == By::Reference => {}
        Role::Db | Role::Viewer => {
            let right = ty.trim_start_matches("&mut ");
            cx.at(&argument.ty, format!("{what} must take `&{right}`"))
                .help(format!("write `{name}: &{right}`"));
        }
        Role::Tx | Role::Cx => {
            cx.at(&argument.ty, format!("{what} only reads and must take `&Db`"))
                .help(format!("write `db: &Db` in place of `{name}: {ty}`; what writes is a command"));
        }
        Role::Present => {
            cx.at(&argument.ty, format!("{what} cannot know who is present"))
                .help("put a region with `&Present` into it");
        }
        Role::Signals | Role::Form => {
            cx.at(&argument.ty, format!("{what} is visited with a link and has no `{ty}`"))
                .help("take what stands in the address: a parameter of the path, or `Query<T>`");
        }
        Role::Query | Role::Plain if argument.can_be_kept() => {}
        Role::Query | Role::Plain => {
            let owned = ty.trim_start_matches("&mut ").trim_start_matches('&');
            cx.at(&argument.ty, format!("argument `{name}` of {what} must be owned, or `&str`"))
                .help(format!("write `{name}: {owned}`"));
        }
    }
}

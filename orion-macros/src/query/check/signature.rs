//! The signature of a query: the store, what is bound, what is returned.

use syn::Type;

use crate::argument::{Argument, By, Role, bare};
use crate::errors::Errors;
use crate::function::Function;
use crate::query::model::{Access, Returns};
use crate::scalar::{Scalar, argument_of};
use crate::spelling::spell;

/// A signature that a query can have.
pub(super) struct Signature {
    pub(super) access: Access,
    pub(super) store: Argument,
    /// All but the store.
    pub(super) arguments: Vec<Argument>,
    pub(super) returns: Returns,
    /// What stands inside `Result<…>`.
    pub(super) output: Type,
}

pub(super) fn check(cx: &mut Errors, what: &str, function: &Function) -> Option<Signature> {
    if let Some(token) = function.sig.asyncness {
        cx.at(token, format!("{what} must not be async"))
            .help("a query runs on the store's own thread; in an async command call it inside `cx.read` or `cx.write`");
    }
    if let Some(body) = &function.body {
        cx.at_span(body.span_open(), format!("{what} must not have a body"))
            .help("end the signature with `;`: the SQL is the body");
    }
    let arguments = function.arguments(cx, what);
    let inputs =
        arguments.and_then(|mut arguments| Some((store(cx, what, function, &mut arguments)?, arguments)));
    let returns = returns(cx, what, function);
    let (((access, store), arguments), (returns, output)) = inputs.zip(returns)?;
    Some(Signature { access, store, arguments, returns, output })
}

/// Takes the store out of the arguments.
fn store(
    cx: &mut Errors,
    what: &str,
    function: &Function,
    arguments: &mut Vec<Argument>,
) -> Option<(Access, Argument)> {
    let Some(at) = arguments.iter().position(|argument| matches!(argument.role, Role::Db | Role::Tx)) else {
        cx.at(&function.sig.ident, format!("{what} must take `&Db` or `&Tx`"))
            .help("write `db: &Db` first to read, `tx: &Tx` to write");
        return None;
    };
    let store = arguments.remove(at);
    let access = if store.role == Role::Db { Access::Db } else { Access::Tx };
    if at > 0 {
        cx.at(&store.ident, format!("{what} must take the store first")).help(format!(
            "move `{}: {}` to the front",
            store.ident,
            spell(&store.ty)
        ));
        return None;
    }
    if store.by != By::Reference {
        let name = if access == Access::Db { "Db" } else { "Tx" };
        cx.at(&store.ty, format!("{what} must take `&{name}`"))
            .help(format!("write `{}: &{name}`", store.ident));
        return None;
    }
    Some((access, store))
}

fn returns(cx: &mut Errors, what: &str, function: &Function) -> Option<(Returns, Type)> {
    const HELP: &str =
        "write `Result<T>` where `T` is `Vec<Row>`, `Option<Row>`, `Row`, one value, `Changes` or `()`";
    let Some(output) = function.output() else {
        cx.at(&function.sig.ident, format!("{what} must return a `Result`")).help(HELP);
        return None;
    };
    let Some(inner) = argument_of(output, "Result") else {
        cx.at(output, format!("{what} must return a `Result`")).help(HELP);
        return None;
    };
    let returns = match bare(inner) {
        Type::Tuple(tuple) if tuple.elems.is_empty() => Returns::Nothing,
        inner if is_changes(inner) => Returns::Changes,
        // `Vec<u8>` is one blob.
        inner if Scalar::of(inner).is_some_and(|scalar| !scalar.optional) => Returns::One(inner.clone()),
        inner => match (argument_of(inner, "Vec"), argument_of(inner, "Option")) {
            (Some(row), _) => Returns::All(row.clone()),
            (_, Some(row)) => Returns::Optional(row.clone()),
            _ => Returns::One(inner.clone()),
        },
    };
    Some((returns, inner.clone()))
}

fn is_changes(ty: &Type) -> bool {
    matches!(ty, Type::Path(path) if path.path.segments.last().is_some_and(|last| last.ident == "Changes"))
}

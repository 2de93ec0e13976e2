//! How a function that decides who may is asked. Its signature is the application's own: what does not fit is said by the two
//! traits here, in words of roles.

use crate::error::Result;
use crate::store::Db;
use crate::viewer::Viewer;

/// A function that can be asked `about` these, parameters of a path. `O` is what it answers, and `W` which of the implementations
/// this is.
#[diagnostic::on_unimplemented(
    message = "a role must take `&Db`, `&Viewer` and what `allow(…)` asks it about",
    label = "takes something else",
    note = "`allow(editor)` asks `fn editor(db: &Db, viewer: &Viewer) -> Result<bool>`",
    note = "`allow(editor(board))` asks `fn editor(db: &Db, viewer: &Viewer, board: i64) -> Result<bool>`"
)]
pub trait Decides<'a, A, O, W> {
    /// Asks it.
    fn ask(self, db: &'a Db, viewer: &'a Viewer, about: A) -> O;
}

/// Marks the implementations for functions.
#[derive(Debug)]
pub struct Function;

macro_rules! functions {
    ($(($($about:ident)*))*) => {$(
        #[diagnostic::do_not_recommend]
        impl<'a, F, O $(, $about)*> Decides<'a, ($($about,)*), O, Function> for F
        where
            F: FnOnce(&'a Db, &'a Viewer $(, $about)*) -> O,
        {
            #[allow(non_snake_case, reason = "a value is called as its type is")]
            fn ask(self, db: &'a Db, viewer: &'a Viewer, ($($about,)*): ($($about,)*)) -> O {
                self(db, viewer $(, $about)*)
            }
        }
    )*};
}
functions! { () (A) (A B) (A B C) (A B C D) (A B C D E) (A B C D E G) }

/// What nothing is.
pub trait Nothing {}

/// For nothing: with a single implementation in question rustc would speak of `FnOnce`, with two it speaks of `Decides`.
#[diagnostic::do_not_recommend]
impl<'a, F: Nothing, A, O> Decides<'a, A, O, ()> for F {
    fn ask(self, _: &'a Db, _: &'a Viewer, _: A) -> O {
        unreachable!("nothing is `Nothing`")
    }
}

/// For a role of which `#[slice]` has seen no function: a function that is there after all is itself. What stands in for one that is
/// nowhere has a method of this name, which goes before.
pub trait IsRole: Sized {
    /// The role.
    #[must_use]
    fn role(self) -> Self {
        self
    }
}

impl<T> IsRole for T {}

/// What a role answers.
#[diagnostic::on_unimplemented(
    message = "a role must answer `Result<bool>`, not `{Self}`",
    label = "answers something else",
    note = "write `fn editor(…) -> Result<bool>`, without `async`; `Ok(true)` lets in"
)]
pub trait Answer {
    /// The answer.
    fn answer(self) -> Result<bool>;
}

impl Answer for Result<bool> {
    fn answer(self) -> Result<bool> {
        self
    }
}

/// Asks a role.
///
/// # Errors
/// What the role itself fails with.
pub fn decide<'a, A, O: Answer, W>(
    about: A,
    role: impl Decides<'a, A, O, W>,
    db: &'a Db,
    viewer: &'a Viewer,
) -> Result<bool> {
    role.ask(db, viewer, about).answer()
}

//! Real-time, multiplayer web applications in one process with one SQLite file.
//!
//! An application is a list of *slices*. A slice is a module that owns some tables and says what can be read, done and seen:
//!
//! ```
//! # mod application {
//! use orion::prelude::*;
//!
//! #[orion::slice]
//! pub mod guests {
//!     use super::*;
//!
//!     #[migration]
//!     const CREATE: &str = "create table guests (id integer primary key, name text not null) strict";
//!
//!     #[query("select name from guests order by id")]
//!     pub fn names(db: &Db) -> Result<Vec<String>>;
//!
//!     #[query("insert into guests (name) values (:name)")]
//!     fn insert(tx: &Tx, name: &str) -> Result<()>;
//!
//!     #[derive(Deserialize)]
//!     struct Entry {
//!         name: String,
//!     }
//!
//!     #[command(post "/guests")]
//!     fn sign(tx: &Tx, entry: Signals<Entry>) -> Result<Reply> {
//!         ensure!(!entry.name.is_empty(), name = "Write your name");
//!         insert(tx, &entry.name)?;
//!         Ok(Reply::signal("name", ""))
//!     }
//!
//!     #[region]
//!     fn list(db: &Db) -> Result<Markup> {
//!         Ok(html! { ul { @for name in names(db)? { li { (name) } } } })
//!     }
//!
//!     #[page("/")]
//!     fn home() -> Markup {
//!         html! {
//!             form data-on:submit=(sign::action()) { input data-bind:name; button { "Sign" } }
//!             (list::region())
//!         }
//!     }
//! }
//!
//! orion::main! { slices: [guests] }
//! # }
//! # fn main() {}
//! ```
//!
//! SQLite checks every query while the program compiles; from what it says about them orion knows which regions a command
//! changes, and every open browser that shows one of them repaints. The guide, in `book/`, tells it in order.
//!
//! | to | look at |
//! |---|---|
//! | declare | [`slice`](macro@slice), [`migration`](macro@migration), [`query`](macro@query), [`Row`](macro@Row), [`Value`](macro@Value), [`region`](macro@region), [`command`](macro@command), [`page`](macro@page), [`topic`](macro@topic), [`main!`](macro@main) |
//! | read and write | [`Db`], [`Tx`], [`Cx`] |
//! | take from a request | [`Signals`] and its [`Signal`]s, [`Form`], [`Query`], [`Viewer`] |
//! | answer | [`Reply`], [`Document`], [`Error`], [`ensure!`] |
//! | test | [`testing`] |
//! | do it by hand | [`App`], [`decl`] |

mod access_check;
pub mod app;
pub mod bus;
mod client;
mod closure;
mod constant;
pub mod decl;
mod error;
pub mod live;
mod macros;
mod nonce;
mod role;
mod row;
mod row_check;
pub mod serve;
mod sign;
pub mod store;
pub mod testing;
mod topic;
mod value;
mod viewer;
pub mod wire;

pub use app::{App, Cx, Document, File};
pub use error::{Error, Forbidden, NotFound, Result};
pub use macros::{Row, Value, command, main, migration, page, query, region, slice, topic};
pub use maud;
pub use nonce::{Nonce, nonce};
pub use row::{Columns, Row, RowRef};
pub use serde;
pub use sign::Signer;
pub use store::{Changes, Db, Tx};
pub use topic::{Announce, Key, Topic, Topics};
pub use value::{FromValue, Holds, Kind, Mismatch, ToValue, Value};
pub use viewer::{Present, Viewer};
pub use wire::{Action, Form, Query, Reply, Signal, Signals, Upload, field_error};

/// What a feature module begins with: `use orion::prelude::*;`.
pub mod prelude {
    pub use crate::{
        Announce, Changes, Cx, Db, Document, Error, Forbidden, Form, NotFound, Present, Query, Reply, Result,
        Row, Signals, Tx, Upload, Viewer, command, ensure, field_error, migration, page, query, region,
        slice, topic,
    };
    pub use maud::{Markup, PreEscaped, html};
    pub use orion_macros::Value;
    pub use serde::{Deserialize, Serialize};
}

/// What the macros' output names. Not for people: it changes without notice.
#[doc(hidden)]
pub mod __private {
    pub use crate::access_check::stated;
    pub use crate::app::{App, Cx, Document, File, IntoDocument, IntoMarkup, asset_path, titled};
    pub use crate::closure::{entry, refers};
    pub use crate::decl::aside::{command, here, page, region, slice, statement};
    pub use crate::decl::command::write;
    pub use crate::decl::{
        Affinity, ByKey, Command, Keyed, Method, Migration, Page, Places, Reach, Reference, Region, Role,
        Run, Running, Slice, Statement, Texts, Write,
    };
    pub use crate::error::{Error, Result};
    pub use crate::live::{Args, Embed, RegionKey, Scope, Visit};
    pub use crate::role::{IsRole, decide};
    pub use crate::row::{Row, RowRef};
    pub use crate::store::{Changes, Db, Tx};
    pub use crate::topic::{Announce, Topic};
    pub use crate::value::{
        Anything, FromValue, Holds, Kind, Known, Mismatch, Stored, ToValue, Value, list, scalars,
    };
    pub use crate::viewer::Viewer;
    pub use crate::wire::{Action, FromInput, Input, IntoReply, PathParameter, Signal, path};
    pub use maud::{self, Markup};
    pub use serde;

    /// What a module that is no slice has in place of one.
    pub mod no_slice {
        /// No slice has no name.
        pub const SLICE_TABLES: super::Slice = super::Slice::new("");
    }

    /// What is compared with a query when constants are evaluated: types that its macro cannot see into.
    pub mod rows {
        pub use crate::row_check::{Column, Run, all, element, field, one, optional, parameter};
    }
}

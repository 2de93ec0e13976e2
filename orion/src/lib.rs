//! Real-time, multiplayer web applications in one process with one SQLite file.

pub mod app;
pub mod bus;
pub mod decl;
mod error;
pub mod live;
mod macros;
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
pub use macros::{Row, command, main, migration, page, query, region, slice, topic};
pub use maud;
pub use row::{Columns, Row, RowRef};
pub use serde;
pub use sign::Signer;
pub use store::{Changes, Db, Tx};
pub use topic::{Announce, Topic, Topics};
pub use value::{FromValue, Mismatch, ToValue, Value};
pub use viewer::{Present, Viewer};
pub use wire::{Action, Form, Query, Reply, Signals, Upload, field_error};

/// What a feature module begins with: `use orion::prelude::*;`.
pub mod prelude {
    pub use crate::{
        Announce, Changes, Cx, Db, Document, Error, Forbidden, Form, NotFound, Present, Query, Reply, Result,
        Row, Signals, Tx, Upload, Viewer, command, ensure, field_error, migration, page, query, region,
        slice, topic,
    };
    pub use maud::{Markup, PreEscaped, html};
    pub use serde::{Deserialize, Serialize};
}

/// What the macros' output names. Not for people: it changes without notice.
#[doc(hidden)]
pub mod __private {
    pub use crate::app::{App, Cx, File, IntoDocument, IntoMarkup, titled};
    pub use crate::decl::{Command, Method, Migration, Page, Region, Run, Slice, Statement, Write};
    pub use crate::live::{Args, Embed, Scope, Visit};
    pub use crate::row::{Row, RowRef};
    pub use crate::store::{Changes, Db, Tx};
    pub use crate::topic::{Announce, Topic};
    pub use crate::value::{FromValue, Mismatch, ToValue, Value};
    pub use crate::wire::{Action, FromInput, Input, IntoReply, path};
    pub use maud;
    pub use serde;

    /// Queries whose row type is compared with their columns when constants are evaluated.
    pub mod rows {
        pub use crate::row_check::{Run, all, one, optional};
    }
}

//! An application in memory: no socket, a store in a temporary folder, browsers that are values.
//!
//! ```
//! use orion::prelude::*;
//! use orion::testing::TestApp;
//!
//! #[orion::slice]
//! mod counter {
//!     use super::*;
//!
//!     #[migration]
//!     const CREATE: &str = "create table clicks (id integer primary key) strict";
//!
//!     #[query("select count(*) from clicks")]
//!     fn count(db: &Db) -> Result<i64>;
//!
//!     #[query("insert into clicks default values")]
//!     fn insert(tx: &Tx) -> Result<()>;
//!
//!     #[command(post "/click")]
//!     pub fn click(tx: &Tx) -> Result<Reply> {
//!         insert(tx)?;
//!         Ok(Reply::done())
//!     }
//!
//!     #[region]
//!     pub fn total(db: &Db) -> Result<Markup> {
//!         Ok(html! { p { (count(db)?) } })
//!     }
//!
//!     #[page("/")]
//!     pub fn home() -> Markup {
//!         html! { (total::region()) }
//!     }
//! }
//!
//! # fn main() { tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(async {
//! let app = TestApp::start(orion::App::new("counter").slice(&counter::SLICE)).await;
//! let mut anna = app.browser();
//! let mut ben = app.browser();
//!
//! let mut screen = ben.open(counter::home::path()).await;
//! anna.act(counter::click::action(), ()).await.expect_status(200..=204);
//! assert!(screen.next().await.contains("<p>1</p>"));
//! # }); }
//! ```

mod answer;
mod browser;
mod screen;

pub use answer::Answer;
pub use browser::Browser;
pub use screen::Screen;

use axum::Router;
use tempfile::TempDir;

use crate::app::{App, Running};
use crate::error::Result;
use crate::live::{Embed, Oracle, Stats};
use crate::serve::Config;
use crate::store::{self, Db, Tx};
use crate::viewer::Viewer;

/// A running application without a socket. Its store is deleted with it.
pub struct TestApp {
    running: Running,
    router: Router,
    // After `running`: the store closes its file first.
    folder: TempDir,
}

impl TestApp {
    /// Starts `app` on an empty store, in development mode. Call it within a tokio runtime.
    ///
    /// # Panics
    /// If the application does not start; the message says why.
    #[allow(clippy::unused_async)] // Says where it must be called.
    pub async fn start(app: App) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let mut config = Config::new(app.name);
        config.database = folder.path().join("test.db");
        config.development = true;
        let running =
            app.start(&config).unwrap_or_else(|cause| panic!("the application does not start: {cause}"));
        Self { router: running.router(), running, folder }
    }

    /// A browser that has never been here: its first request makes it a viewer.
    pub fn browser(&self) -> Browser {
        Browser::new(self.router.clone())
    }

    /// Reads the store.
    pub async fn read<T: Send + 'static>(
        &self,
        f: impl FnOnce(&Db) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        store::read(&**self.running.store(), f).await
    }

    /// Writes to the store, past every command; open screens hear of it.
    pub async fn write<T: Send + 'static>(
        &self,
        f: impl FnOnce(&Tx) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        store::write(&**self.running.store(), f).await
    }

    /// The markup of a region for a viewer, as a fresh render gives it, its element around it.
    pub async fn render(&self, embed: Embed, viewer: &Viewer) -> Result<String> {
        let viewer = viewer.clone();
        let hub = std::sync::Arc::clone(self.running.hub());
        store::read(&**self.running.store(), move |db| hub.render(&embed, db, &viewer)).await
    }

    /// What a morph would do wrong with the markup that regions were rendered to until now, each kind once for a region: a
    /// script, an input without an id, an id that is there twice, rows without ids that come and go. Empty in a right program.
    pub fn findings(&self) -> Vec<String> {
        self.running.hub().oracle().map(Oracle::findings).unwrap_or_default()
    }

    /// What the application did since it started, and who looks at it: how often regions were rendered, for one.
    pub fn stats(&self) -> Stats {
        self.running.hub().stats()
    }

    /// The application as a plain axum router.
    pub fn router(&self) -> Router {
        self.router.clone()
    }

    /// The folder of the store's file, `test.db`.
    pub fn folder(&self) -> &std::path::Path {
        self.folder.path()
    }
}

//! `Cx`: what an asynchronous command works with.

use std::sync::Arc;

use crate::bus::Bus;
use crate::error::Result;
use crate::live::{Hub, Stats};
use crate::store::{self, Db, Store, Tx};
use crate::topic::{Announce, Topics};
use crate::viewer::Viewer;

/// What an asynchronous command works with: it opens its transactions itself, so that no await holds the write lock.
///
/// ```
/// use orion::prelude::*;
///
/// async fn import(cx: Cx) -> Result<Reply> {
///     let count = cx.read(|_db| Ok(3)).await?;
///     cx.write(move |_tx| { assert_eq!(count, 3); Ok(()) }).await?;
///     Ok(Reply::done())
/// }
/// ```
#[derive(Clone)]
pub struct Cx {
    store: Arc<dyn Store>,
    bus: Arc<dyn Bus>,
    hub: Arc<Hub>,
    viewer: Viewer,
}

impl Cx {
    pub(crate) fn new(store: Arc<dyn Store>, bus: Arc<dyn Bus>, hub: Arc<Hub>, viewer: Viewer) -> Self {
        Self { store, bus, hub, viewer }
    }

    /// Who acts.
    pub fn viewer(&self) -> &Viewer {
        &self.viewer
    }

    /// Reads one snapshot of the store.
    pub async fn read<T: Send + 'static>(
        &self,
        f: impl FnOnce(&Db) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        store::read(&*self.store, f).await
    }

    /// Writes, and waits until it is durable.
    pub async fn write<T: Send + 'static>(
        &self,
        f: impl FnOnce(&Tx) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        store::write(&*self.store, f).await
    }

    /// Announces a declared topic now.
    #[allow(clippy::needless_pass_by_value)] // Reads as `publish(Board(7))`.
    pub fn publish(&self, what: impl Announce) {
        self.bus.publish(&Topics::from([what.topic()]));
    }

    /// What the application did since it started, and who looks at it.
    pub fn stats(&self) -> Stats {
        self.hub.stats()
    }
}

//! What every handler of a running application shares.

use std::sync::Arc;
use std::time::Duration;

use crate::bus::Bus;
use crate::decl::Slice;
use crate::live::{Hub, References};
use crate::sign::Signer;
use crate::store::Store;
use crate::viewer::Viewer;

use super::Cx;
use super::files::Files;

/// What every handler shares.
pub(crate) struct Runtime {
    pub(crate) title: &'static str,
    pub(crate) slices: Vec<&'static Slice>,
    pub(crate) store: Arc<dyn Store>,
    pub(crate) bus: Arc<dyn Bus>,
    pub(crate) hub: Arc<Hub>,
    pub(crate) signer: Signer,
    pub(crate) references: References,
    pub(crate) files: Files,
    pub(crate) development: bool,
    pub(crate) origins: Vec<String>,
    pub(crate) body_limit: usize,
    pub(crate) request_timeout: Duration,
}

impl Runtime {
    /// What an asynchronous command of this viewer works with.
    pub(crate) fn cx(&self, viewer: Viewer) -> Cx {
        Cx::new(Arc::clone(&self.store), Arc::clone(&self.bus), Arc::clone(&self.hub), viewer)
    }
}

//! From an application and its configuration to something that answers: the store opened and migrated, the routes checked.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;

use crate::bus::{Bus, InProcess};
use crate::closure;
use crate::error::Error;
use crate::live::{self, Hub, References};
use crate::serve::{Config, Synchronous, build};
use crate::sign::Signer;
use crate::store::Store;
use crate::store::sqlite::{self, MigrateError, OpenError, Sqlite};

use super::App;
use super::cascade::Cascades;
use super::files::Files;
use super::router;
use super::runtime::Runtime;

/// Why an application does not start.
#[derive(Debug)]
#[non_exhaustive]
pub enum BootError {
    /// The database cannot be opened.
    Open(OpenError),
    /// A slice's migrations cannot be applied.
    Migrate(MigrateError),
    /// The secret that signs cookies and region references cannot be read, made or used.
    Secret(Error),
    /// The slices do not go together: what `orion::main!` finds while compiling, in the same words.
    Slices(String),
}

impl fmt::Display for BootError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Open(cause) => cause.fmt(f),
            Self::Migrate(cause) => cause.fmt(f),
            Self::Secret(cause) => write!(f, "the signing secret: {cause}"),
            Self::Slices(mistake) => f.write_str(mistake),
        }
    }
}

impl std::error::Error for BootError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Open(cause) => Some(cause),
            Self::Migrate(cause) => Some(cause),
            Self::Secret(_) | Self::Slices(_) => None,
        }
    }
}

impl From<OpenError> for BootError {
    fn from(cause: OpenError) -> Self {
        Self::Open(cause)
    }
}

impl From<MigrateError> for BootError {
    fn from(cause: MigrateError) -> Self {
        Self::Migrate(cause)
    }
}

/// An application that answers requests.
pub struct Running {
    router: Router,
    hub: Arc<Hub>,
    store: Arc<Sqlite>,
}

impl Running {
    /// The application as a plain axum router: to be served, nested or called.
    pub fn router(&self) -> Router {
        self.router.clone()
    }

    /// The live engine.
    pub(crate) fn hub(&self) -> &Arc<Hub> {
        &self.hub
    }

    /// The store.
    pub(crate) fn store(&self) -> &Arc<Sqlite> {
        &self.store
    }

    /// Ends every open stream, so that its tab comes back elsewhere.
    pub fn end_streams(&self) {
        self.hub.shut_down();
    }

    /// Writes what is queued, and closes the database.
    pub fn close(self) {
        self.hub.shut_down();
        self.store.close();
    }
}

impl App {
    /// Opens the database, applies the migrations and checks the routes. Call it within a tokio runtime.
    pub fn start(self, config: &Config) -> Result<Running, BootError> {
        let store = Arc::new(self.open(config)?);
        store.migrate(&self.slices)?;
        // Also where there is one in the configuration: with it goes the table that a check of the writer writes to.
        let kept = store.meta_or_insert("secret", random_secret).map_err(BootError::Secret)?;
        let bus: Arc<dyn Bus> = Arc::new(InProcess::default());
        let announce = Arc::clone(&bus);
        let cascades = Cascades::of(&self.slices);
        store.on_commit(Arc::new(move |topics| announce.publish(&cascades.with(topics))));
        let shared: Arc<dyn Store> = Arc::<Sqlite>::clone(&store);
        let options = live::Options {
            development: config.development,
            // A query that was ended at its limit has a moment to say so.
            overdue: config.read_timeout + Duration::from_secs(1),
            streams: config.streams,
            streams_per_viewer: config.streams_per_viewer,
            streams_per_client: config.streams_per_client,
            ..live::Options::default()
        };
        let hub = Hub::new(Arc::clone(&shared), &*bus, options);
        let signer = Signer::new(&config.keys(&kept)).map_err(BootError::Secret)?;
        let regions = self.slices.iter().flat_map(|slice| slice.regions).copied();
        let references = References::new(signer.clone(), build::id(), regions);
        let runtime = Arc::new(Runtime {
            title: self.title,
            slices: self.slices,
            store: shared,
            bus,
            hub: Arc::clone(&hub),
            references,
            signer,
            files: Files::new(&self.files),
            development: config.development,
            origins: config.origins.clone(),
            body_limit: config.body_limit,
            request_timeout: config.request_timeout,
        });
        let router = router::router(&runtime, self.routes);
        Ok(Running { router, hub, store })
    }

    /// Opens the database without changing its tables.
    pub(crate) fn open(&self, config: &Config) -> Result<Sqlite, BootError> {
        closure::check(&self.slices).map_err(BootError::Slices)?;
        let synchronous = match config.synchronous {
            Synchronous::Full => sqlite::Synchronous::Full,
            Synchronous::Normal => sqlite::Synchronous::Normal,
        };
        let options = sqlite::Options::default()
            .synchronous(synchronous)
            .queue(config.queue)
            .read_limit(config.read_timeout);
        Ok(Sqlite::open(&config.database, &options)?)
    }
}

/// A secret for an application that was given none.
fn random_secret() -> Vec<u8> {
    let mut secret = vec![0; Signer::KEY_BYTES];
    // As for a viewer's identity: without randomness nothing here is safe.
    getrandom::fill(&mut secret).expect("the operating system gives random bytes");
    secret
}

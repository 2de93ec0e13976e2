//! The process: command line, configuration, logs, listener and signals. The only part that knows there is a process.

pub(crate) mod build;
mod carry;
mod cli;
mod client;
mod config;
mod connection;
mod date;
mod doctor;
mod doors;
mod graph;
mod hand_over;
mod head;
mod health;
mod listen;
mod log;
mod metrics;
mod proxy;
mod pulse;
mod signals;
mod socket;
mod systemd;
#[cfg(feature = "tls")]
mod tls;
mod unit;
#[cfg(any(test, not(feature = "tls")))]
mod without_tls;

pub use config::{Config, ConfigError, LogFormat, Synchronous};

use std::error::Error;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::SystemTime;

use tokio::time::{Instant, timeout_at};

use self::health::{Health, Parts};
use self::metrics::Metrics;
#[cfg(feature = "tls")]
use self::tls::Tls;
#[cfg(not(feature = "tls"))]
use self::without_tls::Tls;
use crate::app::App;

impl App {
    /// Does what the command line says, `serve` where it says nothing, and returns the process's exit code.
    pub fn main(self) -> ExitCode {
        match cli::run(self) {
            Ok(code) => code,
            Err(cause) => {
                eprintln!("error: {cause}");
                ExitCode::FAILURE
            }
        }
    }

    /// Serves until the process is asked to end, by SIGTERM or SIGINT: then it stops accepting, ends the streams, answers what
    /// was asked, closes the database and returns, all within `shutdown_timeout`. It makes its own tokio runtime, so call it
    /// outside of one.
    ///
    /// A socket that systemd hands over takes the place of `listen`.
    ///
    /// # Errors
    /// If the application does not start, the address cannot be listened on, or the machine's clock stands before 1970.
    pub fn serve(self, config: &Config) -> Result<(), Box<dyn Error>> {
        log::start(config);
        date::check(SystemTime::now())?;
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
        let served = runtime.block_on(run(self, config));
        // What did not end in time must not keep the process.
        runtime.shutdown_background();
        served
    }
}

async fn run(app: App, config: &Config) -> Result<(), Box<dyn Error>> {
    let name = app.name;
    let health = Health::default();
    if let Some(address) = config.health {
        health::listen(address, &health, config).await?;
    }
    let tls = Tls::of(config)?;
    let running = app.start(config)?;
    let mut handed = socket::Handed::new(config)?;
    let (listener, from) = handed.open(0, "ORION_LISTEN", config.listen).await?;
    let address = listener.local_addr()?;
    #[cfg(feature = "tls")]
    if let Some(at) = config.redirect {
        let (listener, _) = handed.open(1, "ORION_REDIRECT", at).await?;
        tokio::spawn(tls::redirect::serve(listener, address.port(), config.clone()));
    }
    // Before it is said that there is somebody to be asked.
    let asked = signals::stop()?;
    let (pulse, heart) = pulse::pulse();
    let mut router = running.router();
    let (store, hub) = (Arc::clone(running.store()), Arc::clone(running.hub()));
    let metrics = config.health.map(|_| Arc::new(Metrics::of(&store, &hub, &pulse)));
    if let Some(metrics) = &metrics {
        router = metrics.counting(router);
    }
    health.serves(Parts { store, hub, listener: pulse, metrics });
    tokio::spawn(systemd::watchdog(health.clone()));
    let scheme = if tls.is_some() { "https" } else { "http" };
    tracing::info!(app = name, database = %config.database.display(), socket = ?from, "listening on {scheme}://{address}");
    systemd::ready();
    let stop = async {
        asked.await;
        tracing::info!("stopping");
        health.ends();
        systemd::stopping();
        running.end_streams();
        // What is left is the database's.
        Instant::now() + config.shutdown_timeout.mul_f64(0.8)
    };
    let until = listen::serve(listener, router, tls, config, stop, heart).await;
    let closed = tokio::task::spawn_blocking(move || running.close());
    let Ok(closed) = timeout_at(until + config.shutdown_timeout.mul_f64(0.2), closed).await else {
        // A write or a read that does not end. What was answered is in the file; the log beside it is read at the next start.
        tracing::warn!("shutdown did not wait any longer for the database");
        return Ok(());
    };
    Ok(closed?)
}

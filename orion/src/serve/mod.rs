//! The process: command line, configuration, logs, listener and signals. The only part that knows there is a process.

mod carry;
mod cli;
mod config;
mod graph;
mod hand_over;
mod listen;
mod log;
mod signals;

pub use config::{Config, ConfigError, LogFormat, Synchronous};

use std::error::Error;
use std::process::ExitCode;

use tokio::net::TcpListener;

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
    /// was asked, closes the database and returns. It makes its own tokio runtime, so call it outside of one.
    ///
    /// # Errors
    /// If the application does not start, or the address cannot be listened on.
    pub fn serve(self, config: &Config) -> Result<(), Box<dyn Error>> {
        log::start(config);
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
        runtime.block_on(run(self, config))
    }
}

async fn run(app: App, config: &Config) -> Result<(), Box<dyn Error>> {
    let name = app.name;
    let running = app.start(config)?;
    let listener = TcpListener::bind(config.listen).await.map_err(|cause| {
        format!(
            "cannot listen on {}: {cause}\nhelp: set ORION_LISTEN to another address, such as 127.0.0.1:3001",
            config.listen
        )
    })?;
    let address = listener.local_addr()?;
    // Before it is said that there is somebody to be asked.
    let asked = signals::stop()?;
    tracing::info!(app = name, database = %config.database.display(), "listening on http://{address}");
    let stop = async {
        asked.await;
        tracing::info!("stopping");
        running.end_streams();
    };
    listen::serve(listener, running.router(), config, stop).await?;
    tokio::task::spawn_blocking(move || running.close()).await?;
    Ok(())
}

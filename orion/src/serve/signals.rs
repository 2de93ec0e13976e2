//! The signals that end a process.

use std::future::Future;
use std::io;

/// From this call on the process is not ended by SIGTERM, as systemd sends, or SIGINT, as Ctrl-C sends; the future is ready
/// when one of them has come.
#[cfg(unix)]
pub(super) fn stop() -> io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut term = signal(SignalKind::terminate())?;
    let mut int = signal(SignalKind::interrupt())?;
    Ok(async move {
        tokio::select! {
            _ = term.recv() => {}
            _ = int.recv() => {}
        }
    })
}

/// The future is ready when Ctrl-C was pressed.
#[cfg(not(unix))]
pub(super) fn stop() -> io::Result<impl Future<Output = ()>> {
    Ok(async {
        // Without a console there is nobody to ask for an end this way.
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    })
}

//! The signals that end a process.

/// Ready when the process is asked to end: SIGTERM, as systemd sends, or SIGINT, as Ctrl-C sends.
pub(super) async fn stop() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        match (signal(SignalKind::terminate()), signal(SignalKind::interrupt())) {
            (Ok(mut term), Ok(mut int)) => {
                tokio::select! {
                    _ = term.recv() => {}
                    _ = int.recv() => {}
                }
            }
            (Err(cause), _) | (_, Err(cause)) => {
                tracing::error!(%cause, "signals cannot be heard: end the process with kill -9");
                std::future::pending::<()>().await;
            }
        }
    }
    #[cfg(not(unix))]
    {
        // Without a console there is nobody to ask for an end this way.
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    }
}

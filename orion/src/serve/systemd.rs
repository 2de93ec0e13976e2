//! What systemd is told about the process that it started (`sd_notify(3)`). Under anybody else nothing is said.

#[cfg(unix)]
pub(super) use told::{ready, stopping, watchdog};

#[cfg(unix)]
mod told {
    use sd_notify::NotifyState;
    use tokio::time::{MissedTickBehavior, interval};

    use crate::serve::health::Health;

    /// Requests are answered from now on.
    pub(in crate::serve) fn ready() {
        tell(NotifyState::Ready);
    }

    /// The end has begun.
    pub(in crate::serve) fn stopping() {
        tell(NotifyState::Stopping);
    }

    /// Says again and again that the process is alive, for as long as everybody in it answers. If that stops, systemd ends the process
    /// and starts it again.
    pub(in crate::serve) async fn watchdog(health: Health) {
        let Some(limit) = sd_notify::watchdog_enabled() else { return };
        // A third until it is asked, a third for the answers: less than all of it, however late the last of them is.
        let third = limit / 3;
        let mut beat = interval(third);
        beat.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            beat.tick().await;
            let report = health.ask(third).await;
            if report.is_alive() {
                tell(NotifyState::Watchdog);
            } else {
                tracing::error!(report = %report, "the watchdog is not told that all is well");
            }
        }
    }

    fn tell(state: NotifyState<'_>) {
        if let Err(cause) = sd_notify::notify(&[state]) {
            tracing::warn!(%cause, "systemd could not be told how the process is");
        }
    }
}

/// There is no systemd here.
#[cfg(not(unix))]
mod nobody {
    use crate::serve::health::Health;

    pub(in crate::serve) fn ready() {}

    pub(in crate::serve) fn stopping() {}

    pub(in crate::serve) async fn watchdog(health: Health) {
        let _ = health;
    }
}
#[cfg(not(unix))]
pub(super) use nobody::{ready, stopping, watchdog};

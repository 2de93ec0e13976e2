//! The socket that is listened on: opened here, or handed over by whoever started the process.

use std::net::SocketAddr;

use listenfd::ListenFd;
use tokio::net::TcpListener;

use super::Config;

/// Where the socket comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum From {
    /// It is the process's own, and goes with it.
    Itself,
    /// systemd, or another that speaks its protocol (`sd_listen_fds(3)`), had it open before this process began and has it open when it
    /// is gone: while there is no process, connections wait in the socket and are not refused.
    Inherited,
}

/// The sockets that were handed over, none of them taken yet.
pub(super) struct Handed(ListenFd);

impl Handed {
    /// # Errors
    /// In words, if there are more than listeners.
    pub(super) fn new(config: &Config) -> Result<Self, String> {
        let (handed, listeners) = (ListenFd::from_env(), 1 + usize::from(config.redirect.is_some()));
        if handed.len() > listeners {
            return Err(format!(
                "sockets that were handed over: {}, listeners: {listeners}\n\
                help: leave as many ListenStream= in the socket unit; `unit` with the same variables writes it",
                handed.len()
            ));
        }
        Ok(Self(handed))
    }

    /// The socket that was handed over at this place, or where there is none, one on `address`, which `setting` says.
    ///
    /// # Errors
    /// In words, if what was handed over is no TCP socket, or the address cannot be listened on.
    pub(super) async fn open(
        &mut self,
        place: usize,
        setting: &str,
        address: SocketAddr,
    ) -> Result<(TcpListener, From), String> {
        let taken = self.0.take_tcp_listener(place).and_then(|taken| {
            let Some(socket) = taken else { return Ok(None) };
            socket.set_nonblocking(true)?;
            TcpListener::from_std(socket).map(Some)
        });
        match taken {
            Ok(Some(listener)) => Ok((listener, From::Inherited)),
            Ok(None) => {
                let bound = TcpListener::bind(address).await.map_err(|cause| {
                    format!(
                        "cannot listen on {address}: {cause}\nhelp: set {setting} to another address, such as 127.0.0.1:3001"
                    )
                });
                bound.map(|listener| (listener, From::Itself))
            }
            Err(cause) => Err(format!(
                "the socket that was handed over cannot be listened on: {cause}\nhelp: it must be ListenStream= with a port in the socket unit"
            )),
        }
    }
}

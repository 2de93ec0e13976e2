//! The socket that is listened on: opened here, or handed over by whoever started the process.

use std::net::SocketAddr;

use listenfd::ListenFd;
use tokio::net::TcpListener;

/// Where the socket comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum From {
    /// It is the process's own, and goes with it.
    Itself,
    /// systemd, or another that speaks its protocol (`sd_listen_fds(3)`), had it open before this process began and has it open when it
    /// is gone: while there is no process, connections wait in the socket and are not refused.
    Inherited,
}

/// The socket that was handed over, or where there is none, one on `address`.
///
/// # Errors
/// In words, if what was handed over is no single TCP socket, or the address cannot be listened on.
pub(super) async fn open(address: SocketAddr) -> Result<(TcpListener, From), String> {
    let mut handed = ListenFd::from_env();
    if handed.len() > 1 {
        return Err(format!(
            "{} sockets were handed over, and there is one listener\nhelp: leave one ListenStream= in the socket unit",
            handed.len()
        ));
    }
    let taken = handed.take_tcp_listener(0).and_then(|taken| {
        let Some(socket) = taken else { return Ok(None) };
        socket.set_nonblocking(true)?;
        TcpListener::from_std(socket).map(Some)
    });
    match taken {
        Ok(Some(listener)) => Ok((listener, From::Inherited)),
        Ok(None) => {
            let bound = TcpListener::bind(address).await.map_err(|cause| {
                format!(
                    "cannot listen on {address}: {cause}\nhelp: set ORION_LISTEN to another address, such as 127.0.0.1:3001"
                )
            });
            bound.map(|listener| (listener, From::Itself))
        }
        Err(cause) => Err(format!(
            "the socket that was handed over cannot be listened on: {cause}\nhelp: it must be ListenStream= with a port in the socket unit"
        )),
    }
}

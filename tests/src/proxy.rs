//! A TCP proxy between browser and application that does to connections what networks and deployments do.
//!
//! It knows just enough of HTTP to answer 502 and to end an event stream properly.

mod coding;
mod connection;

use crate::{in_time, port};
use connection::Connection;
use std::net::Ipv4Addr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{broadcast, watch};
use tokio::task::JoinHandle;

/// What happens to requests and bytes from now on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mode {
    Pass,
    Delay(Duration),
    Stall,
    Refuse,
    LoseAnswers,
    BadGateway,
}

/// What happens once to every open connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Blow {
    /// A reset, in both directions.
    Cut,
    /// An end (FIN) in the middle of whatever was being said.
    Close,
    /// A proper end of the response, then FIN.
    Finish,
    /// No end at all: whatever comes is swallowed.
    Stall,
}

/// What the proxy has seen, counted from its start.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Seen {
    /// Connections accepted.
    pub accepted: usize,
    /// Connections that are open now.
    pub open: usize,
    /// Event streams that are on their way now, those that were stalled too.
    pub streams: usize,
    /// The first line of each request that came, whatever became of it: `GET /live HTTP/1.1`.
    pub requests: Vec<String>,
    /// The content coding of each event stream that began; `identity` where it has none.
    pub codings: Vec<String>,
    /// Requests answered with 502.
    pub refused: usize,
}

impl Seen {
    /// How many requests began with `start`, such as `GET /live`.
    pub fn count(&self, start: &str) -> usize {
        self.requests.iter().filter(|line| line.starts_with(start)).count()
    }
}

/// A proxy on a port of its own. It ends with the test.
///
/// ```no_run
/// # async fn test(app: orion_tests::App, window: orion_tests::Window) {
/// use orion_tests::Proxy;
///
/// let proxy = Proxy::start(app.port()).await;
/// // … a window opened on `proxy.url()` …
/// proxy.bad_gateway();
/// proxy.cut();
/// proxy.wait_until("the page tried again twice", |seen| seen.refused >= 2).await;
/// proxy.pass();
/// window.wait_text("#list", "milk").await;
/// # }
/// ```
#[derive(Debug)]
pub struct Proxy {
    port: u16,
    shared: Arc<Shared>,
    accepting: JoinHandle<()>,
}

#[derive(Debug)]
struct Shared {
    mode: Mutex<Mode>,
    /// The only coding that requests accept, if it is not the client's to say.
    coding: Mutex<Option<&'static str>>,
    upstream: Mutex<u16>,
    blows: broadcast::Sender<Blow>,
    seen: watch::Sender<Seen>,
}

impl Shared {
    fn mode(&self) -> Mode {
        *self.mode.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn coding(&self) -> Option<&'static str> {
        *self.coding.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn upstream(&self) -> u16 {
        *self.upstream.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Proxy {
    /// Begins to pass connections on to a port of this machine.
    pub async fn start(upstream: u16) -> Self {
        let port = port::free();
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await.expect("the port is free");
        let shared = Arc::new(Shared {
            mode: Mutex::new(Mode::Pass),
            coding: Mutex::default(),
            upstream: Mutex::new(upstream),
            blows: broadcast::Sender::new(16),
            seen: watch::Sender::default(),
        });
        let accepting = tokio::spawn(accept(listener, Arc::clone(&shared)));
        Self { port, shared, accepting }
    }

    /// `http://127.0.0.1:PORT`.
    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// Passes everything on, as at the start. Connections that were stalled stay dead.
    pub fn pass(&self) {
        self.set(Mode::Pass);
    }

    /// Passes on what the application sends only after `time`.
    pub fn delay(&self, time: Duration) {
        self.set(Mode::Delay(time));
    }

    /// Answers every new request with 502, on open connections too. Responses on their way go on: [`cut`](Self::cut)
    /// them.
    pub fn bad_gateway(&self) {
        self.set(Mode::BadGateway);
    }

    /// Falls silent without an end: open connections are half-open from now on and for ever, new ones are accepted and
    /// swallowed until the next command.
    pub fn stall(&self) {
        self.set(Mode::Stall);
        self.strike(Blow::Stall);
    }

    /// Resets every new connection, and an open one with its next request, as if nobody were there.
    pub fn refuse(&self) {
        self.set(Mode::Refuse);
    }

    /// Passes on what is asked, and resets the connection in place of the answer: what was asked is done, and who asked does
    /// not know.
    pub fn lose_answers(&self) {
        self.set(Mode::LoseAnswers);
    }

    /// Resets every open connection.
    pub fn cut(&self) {
        self.strike(Blow::Cut);
    }

    /// Closes every open connection, in the middle of a response: what a browser calls truncated.
    pub fn close(&self) {
        self.strike(Blow::Close);
    }

    /// Ends every open event stream as a proxy does whose time limit is over: the response is complete.
    pub fn finish(&self) {
        self.strike(Blow::Finish);
    }

    /// Lets requests accept this content coding only, whatever the client says.
    pub fn accept_only(&self, coding: &'static str) {
        *self.shared.coding.lock().unwrap_or_else(PoisonError::into_inner) = Some(coding);
    }

    /// Passes new connections on to another port.
    pub fn retarget(&self, upstream: u16) {
        *self.shared.upstream.lock().unwrap_or_else(PoisonError::into_inner) = upstream;
    }

    /// What it has seen so far.
    pub fn seen(&self) -> Seen {
        self.shared.seen.borrow().clone()
    }

    /// Waits until it has seen something. `what` completes "it did not happen in time that …".
    pub async fn wait_until(&self, what: &str, seen: impl FnMut(&Seen) -> bool) {
        let mut watched = self.shared.seen.subscribe();
        in_time(what, watched.wait_for(seen)).await.expect("the proxy holds the sender");
    }

    fn set(&self, mode: Mode) {
        *self.shared.mode.lock().unwrap_or_else(PoisonError::into_inner) = mode;
    }

    fn strike(&self, blow: Blow) {
        // An error says that no connection is open.
        let _ = self.shared.blows.send(blow);
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.accepting.abort();
        self.strike(Blow::Cut);
    }
}

async fn accept(listener: TcpListener, shared: Arc<Shared>) {
    while let Ok((client, _)) = listener.accept().await {
        // Before the connection counts: a blow struck after `accepted` was seen hits it.
        let blows = shared.blows.subscribe();
        shared.seen.send_modify(|seen| (seen.accepted, seen.open) = (seen.accepted + 1, seen.open + 1));
        let shared = Arc::clone(&shared);
        tokio::spawn(async move {
            let upstream = TcpStream::connect((Ipv4Addr::LOCALHOST, shared.upstream())).await;
            Connection::new(client, upstream.ok(), &shared, blows).serve().await;
            shared.seen.send_modify(|seen| seen.open -= 1);
        });
    }
}

//! Thousands of open streams in one process: all are read, some are kept to be decoded.

use std::cell::{Cell, RefCell};
use std::net::SocketAddr;
use std::rc::Rc;
use std::time::{Duration, Instant};

use tokio::io::AsyncWriteExt as _;
use tokio::net::TcpStream;
use tokio::task::spawn_local;
use tokio::time::sleep;

use super::decode::Kept;
use super::http::{Connection, get, header};
use crate::{Outcome, clock};

/// How many streams are kept to be decoded.
const SAMPLE: usize = 16;
/// Silence of this length, with the server idle, is the end of what was to come.
const QUIET: Duration = Duration::from_millis(50);
/// Nothing takes so long.
const PATIENCE: Duration = Duration::from_mins(2);

/// What one stream received.
pub(crate) struct Seen {
    pub(crate) bytes: Cell<u64>,
    pub(crate) last: Cell<Instant>,
    /// What it says, for some.
    pub(crate) kept: Option<RefCell<Kept>>,
    /// The path of its page.
    pub(crate) page: String,
    broken: Cell<bool>,
}

/// Open streams on one server.
pub(crate) struct Crowd {
    pub(crate) streams: Vec<Rc<Seen>>,
    /// A visitor's cookie, for commands.
    pub(crate) cookie: String,
    pub(crate) pages: Connection,
    address: SocketAddr,
    server: u32,
}

impl Crowd {
    /// Visits a page for each stream, as somebody new each time, and says where the streams are. `page` holds `{}` where the
    /// number of the stream belongs, from 1; the floor has no pages.
    pub(crate) async fn visit(address: SocketAddr, page: Option<&str>, count: usize) -> Outcome<Vec<Visit>> {
        let Some(page) = page else {
            return Ok((0..count)
                .map(|_| Visit { page: "/".into(), live: "/".into(), cookie: String::new() })
                .collect());
        };
        let mut pages = Connection::open(address).await?;
        let mut visits = Vec::with_capacity(count);
        for number in 1..=count {
            let page = page.replace("{}", &number.to_string());
            let answer = pages.get(&page).await?;
            let live = answer.body.split("@get('").nth(1).and_then(|rest| rest.split('\'').next());
            let live = live.ok_or_else(|| format!("{page} opens no stream:\n{}", answer.body))?.to_owned();
            let cookie = header(&answer.head, "set-cookie").and_then(|cookie| cookie.split(';').next());
            visits.push(Visit { page, live, cookie: cookie.unwrap_or_default().to_owned() });
        }
        Ok(visits)
    }

    /// Opens the streams and waits until each has its first frames.
    pub(crate) async fn open(
        address: SocketAddr,
        server: u32,
        coding: &str,
        visits: Vec<Visit>,
    ) -> Outcome<Self> {
        let cookie = visits.first().map(|visit| visit.cookie.clone()).unwrap_or_default();
        let buffer = Rc::new(RefCell::new(vec![0; 64 * 1024]));
        let every = visits.len().div_ceil(SAMPLE).max(1);
        let mut streams = Vec::with_capacity(visits.len());
        for (at, visit) in visits.into_iter().enumerate() {
            let mut socket = TcpStream::connect(address).await?;
            socket.write_all(get(&visit.live, &visit.cookie, coding).as_bytes()).await?;
            let seen = Rc::new(Seen {
                bytes: Cell::new(0),
                last: Cell::new(Instant::now()),
                kept: at.is_multiple_of(every).then(RefCell::default),
                page: visit.page,
                broken: Cell::new(false),
            });
            spawn_local(read(socket, Rc::clone(&seen), Rc::clone(&buffer)));
            streams.push(seen);
        }
        let crowd = Self { streams, cookie, pages: Connection::open(address).await?, address, server };
        // Heads may come before frames: when the server is idle, both have come.
        crowd.settle(Instant::now(), |seen| seen.bytes.get() > 0).await?;
        Ok(crowd)
    }

    /// Waits until every stream that `must` is said of has it, all are silent and the server is idle. Says after what time, since
    /// `start`, the last of these streams received its last byte.
    pub(crate) async fn settle(&self, start: Instant, must: impl Fn(&Seen) -> bool) -> Outcome<Duration> {
        let mut used = clock::cpu(Some(self.server))?;
        loop {
            sleep(QUIET / 2).await;
            if self.streams.iter().any(|seen| seen.broken.get()) {
                return Err("a stream ended, or was refused".into());
            }
            let now = clock::cpu(Some(self.server))?;
            let idle = now - used < QUIET.as_secs_f64() / 20.0;
            used = now;
            let last = self.streams.iter().map(|seen| seen.last.get()).max().unwrap_or(start);
            let all = self.streams.iter().all(|seen| must(seen));
            if all && idle && last.elapsed() > QUIET {
                return Ok(last.saturating_duration_since(start));
            }
            if start.elapsed() > PATIENCE {
                let missing = self.streams.iter().filter(|seen| !must(seen)).count();
                return Err(format!("{missing} streams still wait after {PATIENCE:?}").into());
            }
        }
    }

    /// The bytes that all streams received.
    pub(crate) fn bytes(&self) -> u64 {
        self.streams.iter().map(|seen| seen.bytes.get()).sum()
    }

    /// How many of the kept streams do not end with what their page shows now.
    pub(crate) async fn wrong(&self) -> Outcome<usize> {
        // A new connection: the server lets go of one that has asked for nothing for long.
        let (mut wrong, mut pages) = (0, Connection::open(self.address).await?);
        for seen in &self.streams {
            let Some(kept) = &seen.kept else { continue };
            let page = pages.get(&seen.page).await?;
            let kept = kept.borrow();
            wrong += usize::from(kept.elements().len() < 20 || !page.body.contains(kept.elements()));
        }
        Ok(wrong)
    }
}

/// A page that was visited.
pub(crate) struct Visit {
    page: String,
    live: String,
    cookie: String,
}

async fn read(socket: TcpStream, seen: Rc<Seen>, buffer: Rc<RefCell<Vec<u8>>>) {
    loop {
        let readable = socket.readable().await;
        let mut buffer = buffer.borrow_mut();
        match readable.and_then(|()| socket.try_read(&mut buffer)) {
            Err(cause) if cause.kind() == std::io::ErrorKind::WouldBlock => {}
            Ok(count @ 1..) => {
                let first = seen.bytes.get() == 0;
                if first && !buffer.starts_with(b"HTTP/1.1 200") {
                    break;
                }
                seen.bytes.set(seen.bytes.get() + count as u64);
                seen.last.set(Instant::now());
                let taken = seen.kept.as_ref().map(|kept| kept.borrow_mut().take(&buffer[..count]));
                if let Some(Err(cause)) = taken {
                    eprintln!("what a stream received cannot be decoded: {cause}");
                    break;
                }
            }
            _ => break,
        }
    }
    seen.broken.set(true);
}

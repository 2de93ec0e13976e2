//! The doors: how many connections there may be, in total and from one client, and what whoever finds them closed is told.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::sync::Semaphore;
use tokio::time::timeout;

use super::client::Proxies;
use super::config::Config;
use super::head::last_words;
use crate::client::Counted;

/// How many of those who are not let in are told so at a time; the others find their connection closed.
const TOLD_AT_A_TIME: usize = 64;
/// How long that may take.
const FAREWELL: Duration = Duration::from_secs(1);

/// Counts who is in.
#[derive(Clone)]
pub(super) struct Doors(Arc<Inner>);

struct Inner {
    total: usize,
    per_client: usize,
    proxies: Proxies,
    farewells: Arc<Semaphore>,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    total: usize,
    clients: HashMap<Counted, usize>,
}

/// A connection's place. Given back when it is dropped.
pub(super) struct Place {
    doors: Arc<Inner>,
    client: Option<Counted>,
}

/// Why a connection is not let in, in words for whoever is at its other end.
pub(super) type Closed = &'static str;

impl Doors {
    /// `plain` is whether those outside can be told anything: who expects TLS understands no other words.
    pub(super) fn new(config: &Config, plain: bool) -> Self {
        Self(Arc::new(Inner {
            total: config.connections,
            per_client: config.connections_per_client,
            proxies: Proxies::new(&config.proxies),
            farewells: Arc::new(Semaphore::new(if plain { TOLD_AT_A_TIME } else { 0 })),
            state: Mutex::default(),
        }))
    }

    /// Lets a connection in. One from a proxy counts in the total only: it speaks for many.
    pub(super) fn admit(&self, peer: IpAddr) -> Result<Place, Closed> {
        let client = (!self.0.proxies.trusts(peer.to_canonical())).then(|| Counted::at(peer));
        let mut state = self.0.lock();
        if state.total >= self.0.total {
            return Err("The server has too many connections. Try again later.");
        }
        if let Some(client) = client {
            let held = state.clients.entry(client).or_default();
            if *held >= self.0.per_client {
                return Err("You have too many connections open. Close some of them.");
            }
            *held += 1;
        }
        state.total += 1;
        drop(state);
        Ok(Place { doors: Arc::clone(&self.0), client })
    }

    /// Tells whoever was not let in why, if not too many are being told. It goes on for as long as the client still sends: a connection that
    /// is closed on what nobody read is reset, and the client would see nothing else.
    pub(super) fn turn_away(&self, mut socket: TcpStream, closed: Closed) {
        let Ok(turn) = Arc::clone(&self.0.farewells).try_acquire_owned() else { return };
        tokio::spawn(async move {
            let told = async {
                socket.write_all(last_words("503 Service Unavailable", closed).as_bytes()).await?;
                socket.shutdown().await?;
                let mut unread = [0; 1024];
                while socket.read(&mut unread).await? > 0 {}
                std::io::Result::Ok(())
            };
            // Whether they heard it is theirs to know.
            let _ = timeout(FAREWELL, told).await;
            drop(turn);
        });
    }
}

impl Inner {
    /// The counts are whole between any two calls.
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut state = self.doors.lock();
        state.total -= 1;
        let Some(client) = self.client else { return };
        if let Some(held) = state.clients.get_mut(&client) {
            *held -= 1;
            if *held == 0 {
                state.clients.remove(&client);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn doors(total: usize, per_client: usize) -> Doors {
        Doors::new(
            &Config { connections: total, connections_per_client: per_client, ..Config::new("app") },
            true,
        )
    }

    fn admit(doors: &Doors, peer: &str) -> Result<Place, Closed> {
        doors.admit(peer.parse().unwrap())
    }

    #[test]
    fn a_client_has_its_own_limit_and_all_share_one() {
        let doors = doors(3, 2);
        let first = admit(&doors, "198.51.100.1").unwrap();
        let _second = admit(&doors, "198.51.100.1").unwrap();
        assert!(admit(&doors, "198.51.100.1").err().unwrap().starts_with("You have too many"));
        let _other = admit(&doors, "198.51.100.2").unwrap();
        assert!(admit(&doors, "198.51.100.3").err().unwrap().starts_with("The server has too many"));
        drop(first);
        let _again = admit(&doors, "198.51.100.1").unwrap();
    }

    #[test]
    fn a_proxy_counts_in_the_total_only() {
        let doors = doors(3, 1);
        let _places: Vec<_> = (0..3).map(|_| admit(&doors, "127.0.0.1").unwrap()).collect();
        assert!(admit(&doors, "127.0.0.1").is_err());
    }

    #[test]
    fn who_has_left_is_not_remembered() {
        let doors = doors(10, 10);
        for last in 0..=255 {
            drop(admit(&doors, &format!("198.51.100.{last}")).unwrap());
        }
        assert!(doors.0.lock().clients.is_empty());
    }
}

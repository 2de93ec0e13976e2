//! A free port for a server that a test starts and may start again.
//!
//! Not port 0: what the kernel hands out lies in the range it also takes the local ends of outgoing connections from,
//! so that a server which is down for a moment can find its port taken by somebody's connection.

use std::net::{Ipv4Addr, TcpListener};
use std::sync::atomic::{AtomicU32, Ordering};

/// Below every system's ephemeral range, above the ports of well-known services.
const FIRST: u32 = 12_000;
const COUNT: u32 = 20_000;

/// A port on which nothing listens, and which this process hands out only once in twenty thousand calls.
pub fn free() -> u16 {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    // Test processes that run side by side begin far apart.
    let offset = std::process::id().wrapping_mul(97);
    (0..COUNT)
        .map(|_| FIRST + offset.wrapping_add(NEXT.fetch_add(1, Ordering::Relaxed)) % COUNT)
        .filter_map(|port| u16::try_from(port).ok())
        .find(|&port| TcpListener::bind((Ipv4Addr::LOCALHOST, port)).is_ok())
        .expect("one of twenty thousand ports is free")
}

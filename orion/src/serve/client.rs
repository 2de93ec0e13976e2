//! Whose a request is: the peer's, or who a trusted proxy says it came from.
//!
//! What a proxy says stands in headers that anybody can write. So they are believed of a peer that is trusted, and taken off every other
//! request: what comes after the listener may read them as they are.

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use http::{HeaderMap, HeaderValue, Request};
use ipnet::IpNet;

use crate::app::Client;
use crate::client::Counted;

/// In which proxies say what they were asked: RFC 7239, and what was there before it.
const SAID: [&str; 6] = [
    "forwarded",
    "x-forwarded-for",
    "x-forwarded-host",
    "x-forwarded-port",
    "x-forwarded-proto",
    "x-real-ip",
];
const CLIENT: &str = "x-forwarded-for";
const PROTOCOL: &str = "x-forwarded-proto";

/// The proxies that are trusted.
#[derive(Clone)]
pub(super) struct Proxies(Arc<[IpNet]>);

impl Proxies {
    pub(super) fn new(trusted: &[IpNet]) -> Self {
        Self(trusted.into())
    }

    /// Notes whose a request is, which came from this peer, and by `https` where it came through TLS.
    pub(super) fn note<B>(&self, peer: IpAddr, through_tls: bool, request: &mut Request<B>) {
        let peer = peer.to_canonical();
        let client = if self.trusts(peer) {
            self.client(peer, request.headers())
        } else {
            for name in SAID {
                request.headers_mut().remove(name);
            }
            peer
        };
        if through_tls {
            let https = || HeaderValue::from_static("https");
            request.headers_mut().entry(PROTOCOL).or_insert_with(https);
        }
        request.extensions_mut().insert(Client(client));
        // A proxy speaks for many, and only those are told apart.
        if !self.trusts(client) {
            request.extensions_mut().insert(Counted::at(client));
        }
    }

    /// Every proxy adds its own peer at the end. From there back, the first who is no trusted proxy is the client; what stands before
    /// that one, it says of itself.
    fn client(&self, peer: IpAddr, headers: &HeaderMap) -> IpAddr {
        let lines = headers.get_all(CLIENT).iter().rev().map(|line| line.to_str().unwrap_or_default());
        let mut client = peer;
        for said in lines.flat_map(|line| line.rsplit(',')) {
            let Some(address) = address(said.trim()) else { break };
            client = address;
            if !self.trusts(client) {
                break;
            }
        }
        client
    }

    /// Whether the peer is a trusted proxy; its address is canonical.
    pub(super) fn trusts(&self, peer: IpAddr) -> bool {
        self.0.iter().any(|network| network.contains(&peer))
    }
}

/// An address; some proxies add the port.
fn address(text: &str) -> Option<IpAddr> {
    let address = text.parse().ok().or_else(|| Some(text.parse::<SocketAddr>().ok()?.ip()))?;
    Some(address.to_canonical())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Who the client is, and which of its headers are left, where 127.0.0.0/8 and 10.0.0.7 are trusted.
    fn noted(peer: &str, said: &[(&'static str, &str)]) -> (String, usize) {
        let trusted = Proxies::new(&["127.0.0.0/8".parse().unwrap(), "10.0.0.7/32".parse().unwrap()]);
        let mut request = Request::new(());
        for (name, value) in said {
            request.headers_mut().append(*name, value.parse().unwrap());
        }
        trusted.note(peer.parse().unwrap(), false, &mut request);
        let Client(client) = *request.extensions().get().unwrap();
        (client.to_string(), request.headers().len())
    }

    #[test]
    fn a_trusted_proxy_says_who_the_client_is() {
        assert_eq!(noted("127.0.0.1", &[(CLIENT, "203.0.113.9")]).0, "203.0.113.9");
        assert_eq!(noted("::ffff:127.0.0.1", &[(CLIENT, "203.0.113.9:4711")]).0, "203.0.113.9");
        assert_eq!(noted("127.0.0.1", &[(CLIENT, "[2001:db8::9]:4711")]).0, "2001:db8::9");
        assert_eq!(noted("127.0.0.1", &[(CLIENT, "203.0.113.9, 10.0.0.7")]).0, "203.0.113.9", "two proxies");
    }

    #[test]
    fn what_a_client_says_of_itself_is_not_believed() {
        assert_eq!(noted("127.0.0.1", &[(CLIENT, "198.51.100.1, 203.0.113.9")]).0, "203.0.113.9");
        let lines = [(CLIENT, "198.51.100.1"), (CLIENT, "203.0.113.9")];
        assert_eq!(noted("127.0.0.1", &lines).0, "203.0.113.9", "in a line of its own");
        assert_eq!(noted("127.0.0.1", &[(CLIENT, "198.51.100.1, me, 10.0.0.7")]).0, "10.0.0.7");
    }

    #[test]
    fn who_is_not_trusted_says_nothing() {
        let said = SAID.map(|name| (name, "198.51.100.1"));
        assert_eq!(noted("203.0.113.9", &said), ("203.0.113.9".to_owned(), 0));
        assert_eq!(noted("127.0.0.1", &said).1, SAID.len());
    }

    #[test]
    fn who_comes_directly_is_the_peer() {
        assert_eq!(noted("127.0.0.1", &[]).0, "127.0.0.1");
        assert_eq!(noted("::ffff:203.0.113.9", &[]).0, "203.0.113.9");
    }

    #[test]
    fn a_proxy_is_not_counted_as_a_client_and_those_behind_it_are() {
        let counted = |peer: &str, said: &str| {
            let mut request = Request::builder().header(CLIENT, said).body(()).unwrap();
            Proxies::new(&["127.0.0.0/8".parse().unwrap()]).note(peer.parse().unwrap(), false, &mut request);
            request.extensions().get::<Counted>().copied()
        };
        let client = Some(Counted::at("203.0.113.9".parse().unwrap()));
        assert_eq!(counted("127.0.0.1", "198.51.100.1, 203.0.113.9"), client);
        assert_eq!(counted("203.0.113.9", "198.51.100.1"), client);
        assert_eq!(counted("127.0.0.1", "127.0.0.2"), None);
    }

    #[test]
    fn who_comes_through_tls_comes_by_https_unless_a_trusted_proxy_knows_better() {
        for (peer, said, by) in [
            ("203.0.113.9", None, "https"),
            ("203.0.113.9", Some("http"), "https"),
            ("127.0.0.1", None, "https"),
            ("127.0.0.1", Some("http"), "http"),
        ] {
            let mut request = Request::new(());
            if let Some(said) = said {
                request.headers_mut().insert(PROTOCOL, HeaderValue::from_static(said));
            }
            Proxies::new(&["127.0.0.0/8".parse().unwrap()]).note(peer.parse().unwrap(), true, &mut request);
            assert_eq!(request.headers()[PROTOCOL], by, "{peer} {said:?}");
        }
    }
}

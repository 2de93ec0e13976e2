//! Where a request comes from, as far as clients are told apart to bound what one of them may hold. Knows no sockets.

use std::net::{IpAddr, Ipv6Addr, SocketAddr};

use http::HeaderMap;

/// Who is at the other end, by address. No identity: many people may share one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Client(IpAddr);

impl Client {
    /// The client at this address. In IPv6 one client has the lower 64 bits to itself (RFC 6177), so they do not tell.
    pub(crate) fn at(address: IpAddr) -> Self {
        match address.to_canonical() {
            IpAddr::V6(address) => {
                let [a, b, c, d, ..] = address.segments();
                Self(Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0).into())
            }
            address @ IpAddr::V4(_) => Self(address),
        }
    }

    /// Who sent a request that came from `peer`: if that is one of `proxies`, whom it says that it speaks for, or nobody knows.
    ///
    /// Each proxy writes its peer at the end of `x-forwarded-for`; what stands before that, the client may have made up.
    pub(crate) fn of(peer: IpAddr, proxies: &[IpAddr], headers: &HeaderMap) -> Option<Self> {
        let known = |address: &IpAddr| proxies.contains(&address.to_canonical());
        if !known(&peer) {
            return Some(Self::at(peer));
        }
        let lines: Vec<&str> =
            headers.get_all("x-forwarded-for").iter().filter_map(|line| line.to_str().ok()).collect();
        let named = lines.iter().rev().flat_map(|line| line.rsplit(','));
        named
            .map(address)
            .find(|address| !address.is_some_and(|address| known(&address)))
            .flatten()
            .map(Self::at)
    }
}

/// An address, with or without a port.
fn address(text: &str) -> Option<IpAddr> {
    let text = text.trim();
    text.parse().ok().or_else(|| text.parse::<SocketAddr>().ok().map(|address| address.ip()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(peer: &str, forwarded: &[&str]) -> Option<Client> {
        let headers =
            forwarded.iter().map(|line| ("x-forwarded-for".parse().unwrap(), line.parse().unwrap()));
        let proxies = ["127.0.0.1".parse().unwrap(), "10.0.0.1".parse().unwrap()];
        Client::of(peer.parse().unwrap(), &proxies, &headers.collect())
    }

    fn at(address: &str) -> Client {
        Client::at(address.parse().unwrap())
    }

    #[test]
    fn a_proxy_says_for_whom_it_speaks_and_nobody_else_does() {
        assert_eq!(of("127.0.0.1", &["203.0.113.7"]), Some(at("203.0.113.7")));
        assert_eq!(of("::ffff:127.0.0.1", &["203.0.113.7"]), Some(at("203.0.113.7")));
        assert_eq!(of("198.51.100.1", &["203.0.113.7"]), Some(at("198.51.100.1")));
        assert_eq!(of("127.0.0.1", &[]), None);
    }

    #[test]
    fn what_a_client_made_up_before_its_address_is_not_believed() {
        assert_eq!(of("127.0.0.1", &["1.2.3.4, 203.0.113.7"]), Some(at("203.0.113.7")));
        assert_eq!(of("127.0.0.1", &["1.2.3.4", "203.0.113.7, 10.0.0.1"]), Some(at("203.0.113.7")));
        assert_eq!(of("127.0.0.1", &["1.2.3.4, unknown"]), None);
        assert_eq!(of("127.0.0.1", &["203.0.113.7:4711"]), Some(at("203.0.113.7")));
    }

    #[test]
    fn addresses_of_one_network_are_one_client() {
        assert_eq!(of("2001:db8::1", &[]), of("2001:db8::ffff:2", &[]));
        assert_ne!(of("2001:db8::1", &[]), of("2001:db8:0:1::1", &[]));
        assert_ne!(of("198.51.100.1", &[]), of("198.51.100.2", &[]));
    }
}

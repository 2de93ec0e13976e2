//! Where orion is compiled without its feature `tls`.

use std::convert::Infallible;
use std::net::SocketAddr;
use std::sync::Arc;

use hyper_util::server::graceful::Watcher;
use tokio::net::TcpStream;

use super::config::Config;
use super::connection::{Cause, Connections};

/// How TLS is spoken: not at all.
pub(super) struct Tls(Infallible);

#[cfg_attr(feature = "tls", expect(dead_code, reason = "what it says is tested everywhere"))]
impl Tls {
    /// Nothing, where the configuration asks for nothing.
    ///
    /// # Errors
    /// In words, if it asks for TLS.
    pub(super) fn of(config: &Config) -> Result<Option<Self>, String> {
        let (said, feature) = if config.tls_cert.is_some() {
            ("tls_cert", "tls")
        } else if !config.acme.is_empty() {
            ("acme", "acme")
        } else {
            return Ok(None);
        };
        Err(format!(
            "{said} is set, and this program cannot speak TLS\n\
            help: in Cargo.toml, give orion the feature: features = [\"{feature}\"]"
        ))
    }

    #[expect(clippy::unused_async, reason = "as where TLS is spoken")]
    pub(super) async fn serve(
        &self,
        _: &Arc<Connections>,
        _: TcpStream,
        _: SocketAddr,
        _: Watcher,
    ) -> Result<(), Cause> {
        match self.0 {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(toml: &str) -> Option<String> {
        Tls::of(&Config::of_toml("app", toml).unwrap()).err()
    }

    #[test]
    fn who_asks_for_tls_is_told_the_feature() {
        let pair = refused("tls_cert = 'a.pem'\ntls_key = 'b.pem'").unwrap();
        assert!(pair.starts_with("tls_cert is set, and this program cannot speak TLS\nhelp: "), "{pair}");
        assert!(pair.ends_with("features = [\"tls\"]"), "{pair}");
        let acme = refused("acme = ['a.example']").unwrap();
        assert!(acme.starts_with("acme is set") && acme.ends_with("features = [\"acme\"]"), "{acme}");
        assert_eq!(refused(""), None);
    }
}

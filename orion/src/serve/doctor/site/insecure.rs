//! A visitor where orion is compiled without its feature `tls`.

use std::convert::Infallible;
use std::error::Error;
use std::io;

use bytes::Bytes;
use http::{Request, Response};
use http_body_util::Empty;
use hyper::body::Incoming;
use tokio::net::TcpStream;

use super::Socket;

/// Whom a visitor trusts: nobody.
#[derive(Debug)]
pub(super) struct Secure(Infallible);

#[cfg_attr(feature = "tls", expect(dead_code, reason = "what it says is tested everywhere"))]
impl Secure {
    pub(super) fn new() -> Result<Self, Box<dyn Error>> {
        Err("an address that begins with https needs TLS, which this program cannot speak\n\
            help: in Cargo.toml, give orion the feature: features = [\"tls\"]"
            .into())
    }

    #[expect(clippy::unused_async, reason = "as where TLS is spoken")]
    pub(super) async fn greet(&self, _: &str, _: TcpStream) -> io::Result<(Socket, bool)> {
        match self.0 {}
    }

    #[expect(clippy::unused_async, reason = "as where TLS is spoken")]
    pub(super) async fn ask(&self, _: Socket, _: Request<Empty<Bytes>>) -> hyper::Result<Response<Incoming>> {
        match self.0 {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_asks_for_https_is_told_the_feature() {
        let told = Secure::new().unwrap_err().to_string();
        assert!(told.ends_with("features = [\"tls\"]"), "{told}");
    }
}

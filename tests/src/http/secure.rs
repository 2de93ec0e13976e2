//! Visitors who come as browsers do: through TLS, with one HTTP/2 connection for all that they ask.

use super::Client;
use hyper::client::conn::http2;
use hyper_util::rt::{TokioExecutor, TokioIo};
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::Path;
use std::sync::Arc;
use tokio::net::{TcpSocket, TcpStream};
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;
use tokio_rustls::rustls::pki_types::pem::PemObject as _;
use tokio_rustls::rustls::pki_types::{CertificateDer, ServerName};
use tokio_rustls::rustls::{ClientConfig, RootCertStore};

const HTTP_2: &[u8] = b"h2";

/// A connection through TLS to `https://DOMAIN`, who is found at `server`; the visitor trusts the certificates in the file `root` and
/// nobody else, has the address `own`, any of 127.0.0.0/8, and speaks `protocol`.
pub async fn tls(
    domain: &str,
    server: SocketAddr,
    root: &Path,
    own: Ipv4Addr,
    protocol: &[u8],
) -> io::Result<TlsStream<TcpStream>> {
    let socket = TcpSocket::new_v4()?;
    socket.bind((own, 0).into())?;
    let socket = socket.connect(server).await?;
    let mut roots = RootCertStore::empty();
    for root in CertificateDer::pem_file_iter(root).map_err(io::Error::other)? {
        roots.add(root.map_err(io::Error::other)?).map_err(io::Error::other)?;
    }
    let mut config = ClientConfig::builder().with_root_certificates(roots).with_no_client_auth();
    config.alpn_protocols = vec![protocol.to_vec()];
    let name = ServerName::try_from(domain.to_owned()).map_err(io::Error::other)?;
    let stream = TlsConnector::from(Arc::new(config)).connect(name, socket).await?;
    if stream.get_ref().1.alpn_protocol() != Some(protocol) {
        return Err(io::Error::other("the server does not speak the protocol"));
    }
    Ok(stream)
}

impl Client {
    /// A visitor with one connection of HTTP/2 through [`tls`].
    pub async fn secure(domain: &str, server: SocketAddr, root: &Path, own: Ipv4Addr) -> io::Result<Self> {
        let stream = tls(domain, server, root, own, HTTP_2).await?;
        let (connection, driver) =
            http2::handshake(TokioExecutor::new(), TokioIo::new(stream)).await.map_err(io::Error::other)?;
        // Ends with the last clone of the visitor and the last answer. What breaks it is told where an answer is read.
        tokio::spawn(driver);
        Ok(Self { authority: domain.into(), cookies: Arc::default(), connection: Some(connection) })
    }
}

//! TLS without a proxy: which certificate is shown, and how a connection begins.

#[cfg(feature = "acme")]
mod acme;
mod connection;
mod files;
pub(super) mod redirect;

use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use hyper::server::conn::http2;
use hyper_util::rt::TokioExecutor;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::server::{ClientHello, ResolvesServerCert};
use tokio_rustls::rustls::sign::CertifiedKey;
use tokio_rustls::server::TlsStream;

use self::files::Files;
use super::config::Config;

/// RFC 9113, section 3.1.
const HTTP_2: &[u8] = b"h2";
/// What is spoken, the best first (RFC 7301).
const PROTOCOLS: [&[u8]; 2] = [HTTP_2, b"http/1.1"];

/// How TLS is spoken with who comes.
pub(super) struct Tls {
    acceptor: TlsAcceptor,
    http2: http2::Builder<TokioExecutor>,
    /// For the handshake, and again for the first request.
    patience: Duration,
}

/// The certificate that is shown now.
#[derive(Debug)]
struct Shown(RwLock<Arc<CertifiedKey>>);

impl Tls {
    /// What the configuration says; nothing where it says nothing.
    ///
    /// # Errors
    /// In words, if there is no certificate to be shown.
    pub(super) fn of(config: &Config) -> Result<Option<Self>, String> {
        let certificates: Arc<dyn ResolvesServerCert> = match (&config.tls_cert, &config.tls_key) {
            (Some(certificate), Some(key)) => {
                let files = Files { certificate: certificate.clone(), key: key.clone() };
                let shown = Arc::new(Shown(RwLock::new(Arc::new(files.read()?))));
                tokio::spawn(files.watch(Arc::clone(&shown)));
                shown
            }
            _ if config.acme.is_empty() => return Ok(None),
            _ => from_authority(config)?,
        };
        let mut tls = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .map_err(|cause| cause.to_string())?
            .with_no_client_auth()
            .with_cert_resolver(certificates);
        tls.alpn_protocols = PROTOCOLS.map(<[u8]>::to_vec).to_vec();
        #[cfg(feature = "acme")]
        tls.alpn_protocols.push(acme::PROTOCOL.to_vec());
        Ok(Some(Self {
            acceptor: TlsAcceptor::from(Arc::new(tls)),
            http2: connection::http2(config),
            patience: config.request_timeout,
        }))
    }

    /// Does the handshake.
    async fn greet<S>(&self, socket: S) -> Result<TlsStream<S>, String>
    where
        S: AsyncRead + AsyncWrite + Unpin,
    {
        let socket = self.acceptor.accept(socket).await.map_err(|cause| cause.to_string())?;
        #[cfg(feature = "acme")]
        if socket.get_ref().1.alpn_protocol() == Some(acme::PROTOCOL) {
            return Err("an authority has seen what it asked for".to_owned());
        }
        Ok(socket)
    }
}

#[cfg(feature = "acme")]
fn from_authority(config: &Config) -> Result<Arc<dyn ResolvesServerCert>, String> {
    let mut folder = config.database.clone().into_os_string();
    folder.push("-acme");
    let acme = acme::Acme::new(&config.acme, &config.acme_directory, folder.into())?;
    let answers = acme.answers();
    tokio::spawn(acme.keep());
    Ok(answers)
}

#[cfg(not(feature = "acme"))]
fn from_authority(_: &Config) -> Result<Arc<dyn ResolvesServerCert>, String> {
    Err("acme is set, and this program cannot get certificates\n\
        help: in Cargo.toml, give orion the feature: features = [\"acme\"]"
        .to_owned())
}

impl Shown {
    fn show(&self, certificate: CertifiedKey) {
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(certificate);
    }
}

impl ResolvesServerCert for Shown {
    fn resolve(&self, _: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        Some(Arc::clone(&self.0.read().unwrap_or_else(PoisonError::into_inner)))
    }
}

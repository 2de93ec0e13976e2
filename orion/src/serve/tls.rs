//! TLS without a proxy: which certificate is shown, and how a connection begins.

mod files;

use std::sync::{Arc, PoisonError, RwLock};

use tokio::io::{AsyncRead, AsyncWrite};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::server::{ClientHello, ResolvesServerCert};
use tokio_rustls::rustls::sign::CertifiedKey;
use tokio_rustls::rustls::{self, ServerConfig};
use tokio_rustls::server::TlsStream;

use self::files::Files;
use super::config::Config;

/// What is spoken, the best first (RFC 7301).
const PROTOCOLS: [&[u8]; 2] = [b"h2", b"http/1.1"];

/// How TLS is spoken with who comes.
pub(super) struct Tls(TlsAcceptor);

/// The certificate that is shown now.
#[derive(Debug)]
struct Shown(RwLock<Arc<CertifiedKey>>);

impl Tls {
    /// What the configuration says; nothing where it says nothing.
    ///
    /// # Errors
    /// In words, if there is no certificate to be shown.
    pub(super) fn of(config: &Config) -> Result<Option<Self>, String> {
        let (Some(certificate), Some(key)) = (&config.tls_cert, &config.tls_key) else { return Ok(None) };
        let files = Files { certificate: certificate.clone(), key: key.clone() };
        let shown = Arc::new(Shown(RwLock::new(Arc::new(files.read()?))));
        tokio::spawn(files.watch(Arc::clone(&shown)));
        Self::showing(shown).map(Some).map_err(|cause| cause.to_string())
    }

    fn showing(certificates: Arc<dyn ResolvesServerCert>) -> Result<Self, rustls::Error> {
        let mut config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()?
            .with_no_client_auth()
            .with_cert_resolver(certificates);
        config.alpn_protocols = PROTOCOLS.map(<[u8]>::to_vec).to_vec();
        Ok(Self(TlsAcceptor::from(Arc::new(config))))
    }

    /// Does the handshake.
    pub(super) async fn greet<S>(&self, socket: S) -> Result<TlsStream<S>, String>
    where
        S: AsyncRead + AsyncWrite + Unpin,
    {
        self.0.accept(socket).await.map_err(|cause| cause.to_string())
    }
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

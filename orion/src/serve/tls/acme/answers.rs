//! What is shown in a handshake: the certificate, or to the authority the proof that the name is ours.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

use rcgen::{CertificateParams, CustomExtension, KeyPair};
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::PrivateKeyDer;
use tokio_rustls::rustls::server::{ClientHello, ResolvesServerCert};
use tokio_rustls::rustls::sign::CertifiedKey;

/// What the authority says it speaks (RFC 8737, section 6.2).
pub(in crate::serve::tls) const PROTOCOL: &[u8] = b"acme-tls/1";

/// Nothing is shown before there is a certificate.
#[derive(Debug, Default)]
pub(in crate::serve::tls) struct Answers(RwLock<Now>);

#[derive(Debug, Default)]
struct Now {
    certificate: Option<Arc<CertifiedKey>>,
    proofs: HashMap<String, Arc<CertifiedKey>>,
}

impl Answers {
    pub(super) fn show(&self, certificate: CertifiedKey) {
        self.0.write().unwrap_or_else(PoisonError::into_inner).certificate = Some(Arc::new(certificate));
    }

    /// Answers the authority that asks whether this name is ours, with a certificate that carries the digest (RFC 8737, section 3).
    pub(super) fn prove(
        &self,
        name: String,
        digest: &[u8],
    ) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
        let mut proof = CertificateParams::new([name.clone()])?;
        proof.custom_extensions = vec![CustomExtension::new_acme_identifier(digest)];
        let key = KeyPair::generate()?;
        let chain = vec![proof.self_signed(&key)?.into()];
        let key = PrivateKeyDer::try_from(key.serialize_der())?;
        // Not compared with its key: that would read the certificate, and who does so as a client refuses the digest's extension.
        let proof = CertifiedKey::new(chain, ring::sign::any_supported_type(&key)?);
        self.0.write().unwrap_or_else(PoisonError::into_inner).proofs.insert(name, Arc::new(proof));
        Ok(())
    }

    /// Nobody asks any more.
    pub(super) fn proven(&self) {
        self.0.write().unwrap_or_else(PoisonError::into_inner).proofs.clear();
    }
}

impl ResolvesServerCert for Answers {
    fn resolve(&self, hello: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        let now = self.0.read().unwrap_or_else(PoisonError::into_inner);
        if hello.alpn().is_some_and(|mut spoken| spoken.any(|protocol| protocol == PROTOCOL)) {
            return now.proofs.get(hello.server_name()?).cloned();
        }
        now.certificate.clone()
    }
}

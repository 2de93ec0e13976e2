//! A certificate in two files, which somebody else renews.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::pem::{self, PemObject as _};
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio_rustls::rustls::sign::CertifiedKey;

use super::Shown;

/// How often it is looked whether there is a new certificate.
const LOOKS: Duration = Duration::from_secs(10);

/// Both files, in PEM.
#[derive(Clone)]
pub(super) struct Files {
    /// It, and after it everything up to the authority's.
    pub(super) certificate: PathBuf,
    pub(super) key: PathBuf,
}

/// What tells one content of a file from another without reading it.
type Stamp = Option<(SystemTime, u64)>;

impl Files {
    /// What is in the files now.
    ///
    /// # Errors
    /// In words, if they cannot be read, or do not belong together.
    pub(super) fn read(&self) -> Result<CertifiedKey, String> {
        let wrong = |what: &str, file: &Path, cause: pem::Error| {
            format!("the {what} in {} cannot be read: {cause}", file.display())
        };
        let chain =
            CertificateDer::pem_file_iter(&self.certificate).and_then(Iterator::collect::<Result<Vec<_>, _>>);
        let chain = chain.map_err(|cause| wrong("certificate", &self.certificate, cause))?;
        if chain.is_empty() {
            return Err(wrong("certificate", &self.certificate, pem::Error::NoItemsFound));
        }
        let key = PrivateKeyDer::from_pem_file(&self.key).map_err(|cause| wrong("key", &self.key, cause))?;
        CertifiedKey::from_der(chain, key, &ring::default_provider()).map_err(|cause| {
            format!("{} and {} are no pair: {cause}", self.certificate.display(), self.key.display())
        })
    }

    /// Shows what is in the files whenever that has changed. What is wrong is not shown: the certificate before stays.
    pub(super) async fn watch(self, shown: Arc<Shown>) {
        let mut known = self.stamps();
        let mut looks = tokio::time::interval(LOOKS);
        loop {
            looks.tick().await;
            let stamps = self.stamps();
            if stamps == known {
                continue;
            }
            match self.read() {
                Ok(certificate) => {
                    known = stamps;
                    shown.show(certificate);
                    tracing::info!(file = %self.certificate.display(), "a new certificate is shown");
                }
                // One file may be written and the other not yet: it is looked at again.
                Err(cause) => tracing::warn!(cause, "the certificate before is still shown"),
            }
        }
    }

    fn stamps(&self) -> [Stamp; 2] {
        [&self.certificate, &self.key].map(|file| {
            let about = fs::metadata(file).ok()?;
            Some((about.modified().ok()?, about.len()))
        })
    }
}

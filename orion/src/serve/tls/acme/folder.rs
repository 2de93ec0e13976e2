//! Where the account with the authority and the certificate are kept, so that a restart asks for neither.

use std::fs::{self, DirBuilder, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac_sha256::Hash;
use tokio_rustls::rustls::sign::CertifiedKey;
use x509_parser::prelude::{FromDer as _, GeneralName, X509Certificate};

use crate::serve::tls::files::Files;

/// A folder that nobody else may read.
pub(super) struct Folder(PathBuf);

impl Folder {
    pub(super) fn open(folder: PathBuf) -> Result<Self, String> {
        let mut maker = DirBuilder::new();
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut maker, 0o700);
        match maker.recursive(true).create(&folder) {
            Ok(()) => Ok(Self(folder)),
            Err(cause) => {
                Err(format!("the folder {} for certificates cannot be made: {cause}", folder.display()))
            }
        }
    }

    /// The certificate that is kept, if it is for these names.
    pub(super) fn kept(&self, domains: &[String]) -> Option<CertifiedKey> {
        let kept = self.files().read().ok()?;
        Validity::of(&kept, domains).map(|_| kept)
    }

    /// How long the certificate that is kept is good enough: until two thirds of its time are over, so that a third is left for an
    /// authority that does not answer. Not at all where there is none for these names.
    pub(super) fn until_due(&self, domains: &[String]) -> Duration {
        let validity = self.files().read().ok().and_then(|kept| Validity::of(&kept, domains));
        validity.map(Validity::left).unwrap_or_default()
    }

    /// Keeps a certificate, in PEM, with its key.
    pub(super) fn keep(&self, chain: &str, key: &str) -> Result<CertifiedKey, String> {
        let files = self.files();
        self.write(&files.key, key)?;
        self.write(&files.certificate, chain)?;
        files.read()
    }

    /// The account with the authority that has this directory.
    pub(super) fn account(&self, directory: &str) -> Option<String> {
        fs::read_to_string(self.account_file(directory)).ok()
    }

    pub(super) fn keep_account(&self, directory: &str, account: &str) -> Result<(), String> {
        self.write(&self.account_file(directory), account)
    }

    fn account_file(&self, directory: &str) -> PathBuf {
        let name = URL_SAFE_NO_PAD.encode(&Hash::hash(directory.as_bytes())[..6]);
        self.0.join(format!("account-{name}.json"))
    }

    fn files(&self) -> Files {
        Files { certificate: self.0.join("fullchain.pem"), key: self.0.join("privkey.pem") }
    }

    /// The whole file or nothing of it.
    fn write(&self, file: &Path, text: &str) -> Result<(), String> {
        let beside = self.0.join("new");
        let written = write_private(&beside, text).and_then(|()| fs::rename(&beside, file));
        written.map_err(|cause| format!("{} cannot be written: {cause}", file.display()))
    }
}

fn write_private(file: &Path, text: &str) -> io::Result<()> {
    let mut options = OpenOptions::new();
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.create(true).write(true).truncate(true).open(file)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()
}

/// From when to when a certificate may be shown, in seconds since 1970.
struct Validity {
    from: i64,
    to: i64,
}

impl Validity {
    /// Nothing, if the certificate is for other names.
    fn of(certificate: &CertifiedKey, domains: &[String]) -> Option<Self> {
        let (_, certificate) = X509Certificate::from_der(certificate.end_entity_cert().ok()?).ok()?;
        let names = certificate.subject_alternative_name().ok()??;
        let mut names: Vec<&str> = names.value.general_names.iter().filter_map(dns).collect();
        let mut wanted: Vec<&str> = domains.iter().map(String::as_str).collect();
        names.sort_unstable();
        wanted.sort_unstable();
        let validity = certificate.validity();
        let (from, to) = (validity.not_before.timestamp(), validity.not_after.timestamp());
        (names == wanted).then_some(Self { from, to })
    }

    fn left(self) -> Duration {
        let due = self.from + (self.to - self.from) * 2 / 3;
        let due = SystemTime::UNIX_EPOCH + Duration::from_secs(due.try_into().unwrap_or_default());
        due.duration_since(SystemTime::now()).unwrap_or_default()
    }
}

fn dns<'a>(name: &GeneralName<'a>) -> Option<&'a str> {
    match name {
        GeneralName::DNSName(name) => Some(name),
        _ => None,
    }
}

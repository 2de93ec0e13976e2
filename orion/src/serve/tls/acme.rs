//! A certificate from an authority that speaks ACME (RFC 8555), such as Let's Encrypt: got and renewed in time.
//!
//! The authority looks whether a name is ours by a handshake on port 443 (RFC 8737). So nothing else need be reachable.

mod answers;
mod folder;

use std::error::Error;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use instant_acme::{
    Account, AuthorizationStatus, ChallengeType, Identifier, NewAccount, NewOrder, OrderStatus, RetryPolicy,
};
use tokio_rustls::rustls::crypto::ring;

pub(super) use self::answers::{Answers, PROTOCOL};
use self::folder::Folder;

/// How long the authority may take for one step.
const PATIENCE: RetryPolicy = RetryPolicy::new().timeout(Duration::from_mins(2));
/// After the first attempt that failed it is waited so long, after each further one twice as long, up to the last: an authority refuses
/// who fails too often, and who asks too often.
const FIRST_PAUSE: Duration = Duration::from_mins(1);
const LAST_PAUSE: Duration = Duration::from_hours(1);
/// The clock may have been set: whether it is time is looked at in between.
const LOOKS: Duration = Duration::from_hours(1);

/// Who gets the certificate, and shows it.
pub(super) struct Acme {
    domains: Vec<String>,
    directory: String,
    folder: Folder,
    answers: Arc<Answers>,
}

impl Acme {
    /// For these names, from the authority with this directory; what it gives is kept in `folder`.
    ///
    /// # Errors
    /// In words, if the folder cannot be used.
    pub(super) fn new(domains: &[String], directory: &str, folder: PathBuf) -> Result<Self, String> {
        // What the client of the authority's API takes; another part of the program may have chosen before.
        let _ = ring::default_provider().install_default();
        let folder = Folder::open(folder)?;
        Ok(Self {
            domains: domains.to_vec(),
            directory: directory.to_owned(),
            folder,
            answers: Arc::default(),
        })
    }

    /// What is shown to who comes.
    pub(super) fn answers(&self) -> Arc<Answers> {
        Arc::clone(&self.answers)
    }

    /// Shows the certificate that is kept, and gets the next one in time, for ever.
    pub(super) async fn keep(self) {
        let mut pause = FIRST_PAUSE;
        if let Some(kept) = self.folder.kept(&self.domains) {
            self.answers.show(kept);
        }
        loop {
            let left = self.folder.until_due(&self.domains);
            if !left.is_zero() {
                tokio::time::sleep(left.min(LOOKS)).await;
                continue;
            }
            match self.order().await {
                Ok(()) if !self.folder.until_due(&self.domains).is_zero() => {
                    pause = FIRST_PAUSE;
                    tracing::info!(domains = ?self.domains, "a new certificate is shown");
                    continue;
                }
                // This machine's clock is wrong, or the authority's.
                Ok(()) => {
                    pause = LAST_PAUSE;
                    tracing::error!(
                        domains = ?self.domains, again_in = ?pause,
                        "a new certificate is shown, and is due already by the clock of this machine: `timedatectl` says whether that is right"
                    );
                }
                Err(cause) => {
                    tracing::error!(%cause, domains = ?self.domains, again_in = ?pause, "the authority gave no certificate");
                }
            }
            tokio::time::sleep(pause).await;
            pause = (pause * 2).min(LAST_PAUSE);
        }
    }

    async fn order(&self) -> Result<(), Box<dyn Error + Send + Sync>> {
        let account = self.account().await?;
        let names: Vec<_> = self.domains.iter().cloned().map(Identifier::Dns).collect();
        let mut order = account.new_order(&NewOrder::new(&names)).await?;
        let mut authorizations = order.authorizations();
        while let Some(authorization) = authorizations.next().await {
            let mut authorization = authorization?;
            if authorization.status == AuthorizationStatus::Valid {
                continue;
            }
            let mut challenge = authorization
                .challenge(ChallengeType::TlsAlpn01)
                .ok_or("the authority does not know tls-alpn-01")?;
            let name = challenge.identifier().to_string();
            self.answers.prove(name, challenge.key_authorization().digest().as_ref())?;
            challenge.set_ready().await?;
        }
        let ready = order.poll_ready(&PATIENCE).await;
        self.answers.proven();
        if ready? != OrderStatus::Ready {
            return Err("the authority did not find this server under the name".into());
        }
        let key = order.finalize().await?;
        let chain = order.poll_certificate(&PATIENCE).await?;
        self.answers.show(self.folder.keep(&chain, &key)?);
        Ok(())
    }

    /// The account that is kept for this authority, or a new one.
    async fn account(&self) -> Result<Account, Box<dyn Error + Send + Sync>> {
        if let Some(kept) = self.folder.account(&self.directory) {
            return Ok(Account::builder()?.from_credentials(serde_json::from_str(&kept)?).await?);
        }
        let who = NewAccount { contact: &[], terms_of_service_agreed: true, only_return_existing: false };
        let (account, credentials) = Account::builder()?.create(&who, self.directory.clone(), None).await?;
        self.folder.keep_account(&self.directory, &serde_json::to_string(&credentials)?)?;
        Ok(account)
    }
}

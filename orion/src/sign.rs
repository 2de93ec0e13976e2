//! Signatures: proof that some bytes came from this application and are meant for one purpose. Knows neither cookies nor
//! regions; alone names the crate that signs.

use std::fmt;

use hmac_sha256::HMAC;

use crate::error::{Error, Result};

/// Signs and verifies: HMAC-SHA256 (RFC 2104) with the application's keys.
///
/// The first key signs, all verify: a new key is put in front, and the old one is taken away when nothing that it signed
/// is in use any more.
///
/// ```
/// use orion::Signer;
///
/// let signer = Signer::new(&[[7; 32]])?;
/// let tag = signer.sign("cookie", &[b"ada"]);
/// assert!(signer.verify("cookie", &[b"ada"], &tag));
/// assert!(!signer.verify("page", &[b"ada"], &tag), "a signature for one purpose is none for another");
/// # Ok::<(), orion::Error>(())
/// ```
#[derive(Clone)]
pub struct Signer {
    /// Never empty.
    keys: Vec<HMAC>,
}

/// A signature.
pub(crate) type Tag = [u8; 32];

impl Signer {
    /// The fewest bytes of a key: as many as the hash has, so that guessing the key is not the easiest way.
    pub const KEY_BYTES: usize = 32;

    /// A signer with these keys.
    ///
    /// # Errors
    /// If there is no key, or one of less than [`KEY_BYTES`](Self::KEY_BYTES) bytes.
    pub fn new(keys: &[impl AsRef<[u8]>]) -> Result<Self> {
        if keys.is_empty() {
            return Err(Error::internal("signing needs at least one key"));
        }
        let keys = keys.iter().map(|key| keyed(key.as_ref())).collect::<Result<_>>()?;
        Ok(Self { keys })
    }

    /// Signs these parts, in this order, for one purpose.
    pub fn sign(&self, purpose: &str, parts: &[&[u8]]) -> Tag {
        said(&self.keys[0], purpose, parts).finalize()
    }

    /// Whether `tag` is a signature of exactly these parts for this purpose. Takes as long for a tag that is nearly right
    /// as for any other.
    pub fn verify(&self, purpose: &str, parts: &[&[u8]], tag: &[u8]) -> bool {
        self.signed_by(purpose, parts, tag).is_some()
    }

    /// Which key signed it, as [`verify`](Self::verify) asks: 0 is the newest.
    pub(crate) fn signed_by(&self, purpose: &str, parts: &[&[u8]], tag: &[u8]) -> Option<usize> {
        let tag = tag.try_into().ok()?;
        self.keys.iter().position(|key| said(key, purpose, parts).finalize_verify(tag))
    }
}

impl fmt::Debug for Signer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Signer({} keys)", self.keys.len())
    }
}

fn keyed(key: &[u8]) -> Result<HMAC> {
    if key.len() < Signer::KEY_BYTES {
        let found = key.len();
        return Err(Error::internal(format!(
            "a signing key must have at least {} bytes, this one has {found}",
            Signer::KEY_BYTES
        )));
    }
    Ok(HMAC::new(key))
}

/// Every part is led by its length: no two lists of parts are the same bytes.
fn said(key: &HMAC, purpose: &str, parts: &[&[u8]]) -> HMAC {
    let mut mac = key.clone();
    for part in std::iter::once(&purpose.as_bytes()).chain(parts) {
        mac.update((part.len() as u64).to_be_bytes());
        mac.update(part);
    }
    mac
}

#[cfg(test)]
mod tests {
    use super::*;

    const OLD: [u8; 32] = [1; 32];
    const NEW: [u8; 32] = [2; 32];

    #[test]
    fn another_key_purpose_part_or_tag_is_refused() {
        let signer = Signer::new(&[OLD]).unwrap();
        let tag = signer.sign("page", &[b"ada", b"list"]);
        assert!(signer.verify("page", &[b"ada", b"list"], &tag));

        assert!(!Signer::new(&[NEW]).unwrap().verify("page", &[b"ada", b"list"], &tag));
        assert!(!signer.verify("cookie", &[b"ada", b"list"], &tag));
        assert!(!signer.verify("page", &[b"eve", b"list"], &tag));
        assert!(!signer.verify("page", &[b"ada", b"list"], &tag[..31]));
        assert!(!signer.verify("page", &[b"ada", b"list"], &[]));
        let mut flipped = tag;
        flipped[31] ^= 1;
        assert!(!signer.verify("page", &[b"ada", b"list"], &flipped));
    }

    #[test]
    fn moving_the_border_between_parts_is_refused() {
        let signer = Signer::new(&[OLD]).unwrap();
        let tag = signer.sign("page", &[b"ab", b"c"]);
        assert!(!signer.verify("page", &[b"a", b"bc"], &tag));
        assert!(!signer.verify("page", &[b"abc"], &tag));
        assert!(!signer.verify("pageab", &[b"c"], &tag));
    }

    #[test]
    fn the_first_key_signs_and_all_verify() {
        let before = Signer::new(&[OLD]).unwrap().sign("page", &[b"x"]);
        let rotated = Signer::new(&[NEW, OLD]).unwrap();
        assert_eq!(rotated.signed_by("page", &[b"x"], &before), Some(1));
        let after = rotated.sign("page", &[b"x"]);
        assert_eq!(rotated.signed_by("page", &[b"x"], &after), Some(0));
        assert_ne!(after, before);
        assert!(Signer::new(&[NEW]).unwrap().verify("page", &[b"x"], &after));
    }

    #[test]
    fn no_key_and_a_short_key_are_refused_in_words() {
        let none: [&[u8]; 0] = [];
        assert_eq!(Signer::new(&none).unwrap_err().to_string(), "signing needs at least one key");
        assert_eq!(
            Signer::new(&[b"secret"]).unwrap_err().to_string(),
            "a signing key must have at least 32 bytes, this one has 6"
        );
    }
}

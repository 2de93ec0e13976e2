//! Who is looking: a viewer's identity in a signed cookie.

use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use http::HeaderMap;
use http::header::{COOKIE, HeaderValue};

use crate::sign::Signer;
use crate::viewer::Viewer;

pub(crate) const NAME: &str = "orion_viewer";
const PURPOSE: &str = "viewer";
/// The longest that browsers keep a cookie (RFC 6265bis, section 5.5).
const KEPT: Duration = Duration::from_hours(400 * 24);

/// A viewer who has been here.
pub(crate) struct Known {
    pub(crate) viewer: Viewer,
    /// Whether a former key signed the cookie, so that it must be signed again before that key is gone.
    pub(crate) formerly: bool,
}

/// The viewer that a request's cookie names, if its signature is ours.
pub(crate) fn known(headers: &HeaderMap, signer: &Signer) -> Option<Known> {
    headers.get_all(COOKIE).iter().filter_map(|line| line.to_str().ok()).find_map(|line| {
        // RFC 6265, section 4.2.1. Ours has no character that a browser or a proxy would put in quotes.
        let pairs = line.split(';').filter_map(|pair| pair.trim().split_once('='));
        pairs.filter(|(name, _)| *name == NAME).find_map(|(_, value)| {
            let (id, tag) = value.split_once('.')?;
            let tag = URL_SAFE_NO_PAD.decode(tag).ok()?;
            let key = signer.signed_by(PURPOSE, &[id.as_bytes()], &tag)?;
            Some(Known { viewer: Viewer::with_id(id), formerly: key > 0 })
        })
    })
}

/// A viewer who was never seen before.
pub(crate) fn stranger() -> Viewer {
    let mut id = [0_u8; 16];
    // The operating system's source of randomness does not fail after boot; without it nothing here is safe.
    getrandom::fill(&mut id).expect("the operating system gives random bytes");
    Viewer::with_id(&URL_SAFE_NO_PAD.encode(id))
}

/// The `Set-Cookie` that makes a browser remember the viewer.
pub(crate) fn remember(viewer: &Viewer, signer: &Signer, secure: bool) -> HeaderValue {
    let (id, secure) = (viewer.id(), if secure { "; Secure" } else { "" });
    let tag = URL_SAFE_NO_PAD.encode(signer.sign(PURPOSE, &[id.as_bytes()]));
    let kept = KEPT.as_secs();
    // Ids and tags are base64: nothing in them that a header, or a cookie in it, could not carry.
    HeaderValue::from_str(&format!(
        "{NAME}={id}.{tag}; HttpOnly; SameSite=Lax{secure}; Path=/; Max-Age={kept}"
    ))
    .expect("a cookie of base64 text is a header value")
}

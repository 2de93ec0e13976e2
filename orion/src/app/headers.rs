//! The headers that every answer has, so that a browser keeps to what the application means.

use axum::extract::Request;
use axum::middleware::Next;
use axum::response::Response;
use http::HeaderMap;
use http::header::{
    CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderName, HeaderValue, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS,
};

use super::policy;
use crate::nonce::Nonce;

/// Where an answer has one already, that stays.
const EVERY_ANSWER: [(HeaderName, &str); 4] = [
    // A file is what its type says, and never a script because it looks like one.
    (X_CONTENT_TYPE_OPTIONS, "nosniff"),
    // Paths are nobody else's business.
    (REFERRER_POLICY, "same-origin"),
    // No other site's page loads it, as a picture or a script say, and learns something of it.
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    // No other site's window holds a handle on this one. Windows that this one opens, to sign in or to pay, may.
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin-allow-popups"),
];

/// What a browser runs scripts of, if it is shown by itself.
const DOCUMENTS: [&str; 5] =
    ["text/html", "application/xhtml+xml", "image/svg+xml", "text/xml", "application/xml"];

/// Gives the request its nonce and the answer its headers.
pub(super) async fn protect(mut request: Request, next: Next) -> Response {
    let nonce = Nonce::fresh();
    request.extensions_mut().insert(nonce.clone());
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    for (name, value) in EVERY_ANSWER {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
    if is_document(headers)
        && !headers.contains_key(CONTENT_SECURITY_POLICY)
        && let Ok(policy) = policy::header(&nonce, &[])
    {
        headers.insert(CONTENT_SECURITY_POLICY, policy);
    }
    response
}

fn is_document(headers: &HeaderMap) -> bool {
    let kind = headers.get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let essence = kind.split(';').next().unwrap_or_default().trim();
    DOCUMENTS.iter().any(|document| essence.eq_ignore_ascii_case(document))
}

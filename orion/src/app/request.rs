//! From axum's request to an [`Input`]: the viewer known, the body read within its limits.

use axum::body::Body;
use axum::extract::{FromRequestParts as _, RawPathParams};
use bytes::Bytes;
use http::header::HOST;
use http::request::Parts;
use http::{HeaderMap, HeaderValue, Uri};
use http_body_util::{BodyExt as _, LengthLimitError, Limited};
use tokio::time::{Instant, timeout_at};

use crate::error::{Error, Result};
use crate::viewer::Viewer;
use crate::wire::{Input, Rejection};

use super::identity;
use super::runtime::Runtime;

/// A request, and whether its viewer must still be told who they are.
pub(crate) struct Arrived {
    pub(crate) input: Input,
    pub(crate) cookie: Option<HeaderValue>,
}

/// Reads everything but the body.
pub(crate) async fn arrive(runtime: &Runtime, mut parts: Parts) -> Result<Arrived> {
    let params = RawPathParams::from_request_parts(&mut parts, &())
        .await
        .map_err(|_| Error::refused(400, "The path is not valid UTF-8."))?
        .iter()
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect();
    name_host(&mut parts.headers, &parts.uri);
    let (viewer, cookie) = viewer(runtime, &parts);
    let query = parts.uri.query().unwrap_or_default().to_owned();
    let input =
        Input { method: parts.method, params, query, headers: parts.headers, body: Bytes::new(), viewer };
    Ok(Arrived { input, cookie })
}

/// HTTP/2 names the host in the request's target (RFC 9113, section 8.3.1): where the rest looks for it is the header.
fn name_host(headers: &mut HeaderMap, target: &Uri) {
    if let Some(host) = target.authority().and_then(|host| HeaderValue::from_str(host.as_str()).ok()) {
        headers.insert(HOST, host);
    }
}

/// Who asks, and the cookie to set where that was not known, or is known by a key that will be gone.
fn viewer(runtime: &Runtime, parts: &Parts) -> (Viewer, Option<HeaderValue>) {
    let viewer = match identity::known(&parts.headers, &runtime.signer) {
        Some(known) if !known.formerly => return (known.viewer, None),
        Some(known) => known.viewer,
        None => identity::stranger(),
    };
    let secure = parts.headers.get("x-forwarded-proto").is_some_and(|proto| proto == "https");
    let cookie = identity::remember(&viewer, &runtime.signer, secure);
    (viewer, Some(cookie))
}

/// Reads the body within its limits of size and time.
pub(crate) async fn read(runtime: &Runtime, mut body: Body) -> Result<Bytes> {
    let deadline = Instant::now() + runtime.request_timeout;
    let whole = Limited::new(&mut body, runtime.body_limit).collect();
    match timeout_at(deadline, whole).await {
        Err(_) => Err(Error::refused(408, "The body did not arrive in time.")),
        Ok(Ok(body)) => Ok(body.to_bytes()),
        Ok(Err(cause)) if cause.is::<LengthLimitError>() => {
            // A client that is still sending would find its connection reset, and not see why.
            let _ = timeout_at(deadline, pass_over(body)).await;
            Err(Rejection::TooLarge { limit: runtime.body_limit }.into())
        }
        Ok(Err(_)) => Err(Error::refused(400, "The body ended before it was complete.")),
    }
}

async fn pass_over(mut body: Body) {
    while let Some(Ok(_)) = body.frame().await {}
}

//! What a request's head must be before anybody else looks at it: there in time, not too large, and for one host.

use axum::body::Body;
use http::header::{CACHE_CONTROL, CONTENT_TYPE, HOST, HeaderValue, X_CONTENT_TYPE_OPTIONS};
use http::{Request, Response, StatusCode, Version};

/// What is answered to a request whose head is not as it must be. `limit` is the most bytes that the address and the headers may take.
pub(super) fn refuse<B>(request: &Request<B>, limit: usize) -> Option<Response<Body>> {
    if size(request) > limit {
        let sentence = format!("The address and the headers take more than {limit} bytes.");
        return Some(told(StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE, sentence));
    }
    // RFC 9112, section 3.2: else whoever stands in between may have sent it to another than was meant.
    let hosts = request.headers().get_all(HOST).iter().count();
    if hosts > 1 || (hosts == 0 && request.version() == Version::HTTP_11) {
        return Some(told(StatusCode::BAD_REQUEST, "A request names its host once.".to_owned()));
    }
    None
}

/// The whole answer to a head that did not arrive in time, for a connection on which nobody else can say it.
pub(super) fn too_slow() -> String {
    last_words("408 Request Timeout", "The request did not arrive in time.")
}

/// The whole last answer of a connection, in HTTP/1.1.
pub(super) fn last_words(status: &str, sentence: &str) -> String {
    format!(
        "HTTP/1.1 {status}\r\ncontent-type: text/plain; charset=utf-8\r\ncontent-length: {}\r\ncache-control: no-store\r\n\
         retry-after: 1\r\nconnection: close\r\n\r\n{sentence}",
        sentence.len()
    )
}

/// As it is written in HTTP/1.1, with a separator and a line's end for each header.
fn size<B>(request: &Request<B>) -> usize {
    let uri = request.uri();
    let address = uri.path().len() + uri.query().map_or(0, |query| query.len() + 1);
    let headers = request.headers().iter();
    address + headers.map(|(name, value)| name.as_str().len() + value.len() + 4).sum::<usize>()
}

pub(super) fn told(status: StatusCode, sentence: String) -> Response<Body> {
    let mut response = Response::new(Body::from(sentence));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    response
}

//! Refuses writes that another site's page makes in a viewer's name.
//!
//! Browsers say where a request comes from: `Sec-Fetch-Site` (W3C Fetch Metadata) or, older ones, `Origin` (RFC 6454).
//! A client that says neither is no browser, has no viewer's cookie by accident, and is let in.

use http::HeaderMap;
use http::header::{HOST, ORIGIN};

/// Whether a request that may write comes from the application's own pages; `also` lists further origins that may.
pub(crate) fn is_own(headers: &HeaderMap, also: &[String]) -> bool {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let origin = text(ORIGIN.as_str());
    if origin.is_some_and(|origin| also.iter().any(|allowed| allowed == origin)) {
        return true;
    }
    match text("sec-fetch-site") {
        // `none`: typed in, a bookmark; no page made it.
        Some(site) => site == "same-origin" || site == "none",
        None => match origin {
            None => !headers.contains_key(ORIGIN) && !headers.contains_key("sec-fetch-site"),
            Some(origin) => {
                let authority = origin.split_once("://").map_or(origin, |(_, authority)| authority);
                // Behind a proxy that rewrites `Host`. A page cannot set this header across sites without asking first.
                [HOST.as_str(), "x-forwarded-host"].iter().any(|name| text(name) == Some(authority))
            }
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn own(pairs: &[(&'static str, &str)]) -> bool {
        let headers =
            pairs.iter().map(|&(name, value)| (name.parse().unwrap(), value.parse().unwrap())).collect();
        is_own(&headers, &["https://partner.example".to_owned()])
    }

    #[test]
    fn the_applications_own_pages_may_write() {
        assert!(own(&[("sec-fetch-site", "same-origin")]));
        assert!(own(&[("origin", "https://a.example"), ("host", "a.example")]));
        assert!(own(&[("origin", "http://127.0.0.1:3000"), ("host", "127.0.0.1:3000")]));
        assert!(own(&[
            ("origin", "https://a.example"),
            ("host", "10.0.0.7"),
            ("x-forwarded-host", "a.example")
        ]));
    }

    #[test]
    fn a_client_that_is_no_browser_may_write() {
        assert!(own(&[("host", "a.example")]));
    }

    #[test]
    fn another_sites_page_may_not_write() {
        assert!(!own(&[("sec-fetch-site", "cross-site")]));
        assert!(!own(&[
            ("sec-fetch-site", "same-site"),
            ("origin", "https://b.a.example"),
            ("host", "a.example")
        ]));
        assert!(!own(&[("origin", "https://evil.example"), ("host", "a.example")]));
        assert!(!own(&[("origin", "null"), ("host", "a.example")]));
        assert!(!own(&[("origin", "http://a.example:81"), ("host", "a.example")]));
        assert!(!own(&[
            ("sec-fetch-site", "cross-site"),
            ("origin", "https://a.example"),
            ("host", "a.example")
        ]));
    }

    #[test]
    fn an_origin_that_is_listed_may_write() {
        assert!(own(&[("sec-fetch-site", "cross-site"), ("origin", "https://partner.example")]));
    }

    #[test]
    fn a_header_that_is_not_text_is_refused() {
        let mut headers = HeaderMap::new();
        headers.insert("sec-fetch-site", http::HeaderValue::from_bytes(b"\xff").unwrap());
        assert!(!is_own(&headers, &[]));
    }
}

//! Where a reply may send a browser: a path of this site, or an address on the web. Never a script.

use http::header::{HOST, REFERER};
use http::{HeaderMap, Uri};
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

/// What a URL cannot hold as it is; blanks, line breaks and `\`, which browsers drop or read as `/`, among it.
const UNSAFE: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'<')
    .add(b'>')
    .add(b'\\')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// A place to send a browser to, in visible ASCII.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Location(String);

impl Location {
    /// Takes a path that begins with one `/`, or an `http:` or `https:` URL with a host.
    pub(super) fn new(target: &str) -> Option<Self> {
        let target = utf8_percent_encode(target, UNSAFE).to_string();
        (is_path(&target) || is_web(&target)).then_some(Self(target))
    }

    /// The page that a form was sent from, where its `Referer` names a page of this very host; else the front page.
    pub(super) fn back(headers: &HeaderMap) -> Self {
        referring_path(headers).unwrap_or_else(|| Self("/".into()))
    }

    pub(super) fn as_str(&self) -> &str {
        &self.0
    }
}

/// `//host` and `/\host` would name another site.
fn is_path(target: &str) -> bool {
    target.starts_with('/') && !target.starts_with("//")
}

fn is_web(target: &str) -> bool {
    target.split_once("://").is_some_and(|(scheme, rest)| {
        (scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https"))
            && rest.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '[')
    })
}

fn referring_path(headers: &HeaderMap) -> Option<Location> {
    let host = headers.get(HOST)?.to_str().ok()?;
    let page: Uri = headers.get(REFERER)?.to_str().ok()?.parse().ok()?;
    let path = page.path_and_query()?.as_str();
    let ours = page.authority()?.as_str().eq_ignore_ascii_case(host);
    (ours && is_path(path)).then(|| Location::new(path)).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn to(target: &str) -> Option<String> {
        Location::new(target).map(|location| location.0)
    }

    #[test]
    fn paths_and_web_addresses_are_taken() {
        assert_eq!(to("/boards/7?tab=a%20b#top").unwrap(), "/boards/7?tab=a%20b#top");
        assert_eq!(to("/Käse und <Brot>").unwrap(), "/K%C3%A4se%20und%20%3CBrot%3E");
        assert_eq!(to("HTTPS://example.org/x").unwrap(), "HTTPS://example.org/x");
        assert_eq!(to("http://[::1]:3000/").unwrap(), "http://[::1]:3000/");
    }

    #[test]
    fn scripts_other_schemes_and_disguised_hosts_are_refused() {
        for target in [
            "javascript:alert(1)",
            "JavaScript://x.org/%0aalert(1)",
            " javascript:alert(1)",
            "java\nscript:alert(1)",
            "data:text/html,x",
            "//evil.org",
            "https:evil.org",
            "https:///evil.org",
            "boards/7",
            "?a",
            "",
        ] {
            assert_eq!(to(target), None, "{target:?}");
        }
        assert_eq!(to("/\\evil.org").unwrap(), "/%5Cevil.org");
        assert_eq!(to("/\t/evil.org").unwrap(), "/%09/evil.org");
    }

    fn back(host: &str, referer: &str) -> String {
        let mut headers = HeaderMap::new();
        headers.insert(HOST, host.parse().unwrap());
        headers.insert(REFERER, referer.parse().unwrap());
        Location::back(&headers).0
    }

    #[test]
    fn a_form_returns_to_its_own_page_and_to_no_other_site() {
        assert_eq!(back("example.org", "https://EXAMPLE.org/boards/7?a=b"), "/boards/7?a=b");
        assert_eq!(back("localhost:3000", "http://localhost:3000"), "/");
        assert_eq!(back("example.org", "https://evil.org/boards/7"), "/");
        assert_eq!(back("example.org", "https://example.org@evil.org/x"), "/");
        assert_eq!(back("example.org", "https://example.org//evil.org"), "/");
        assert_eq!(back("example.org", "/boards/7"), "/");
        assert_eq!(Location::back(&HeaderMap::new()).0, "/");
    }
}

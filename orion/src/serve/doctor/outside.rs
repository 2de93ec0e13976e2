//! What is wrong as a browser sees it: whatever stands between it and the application.

mod page;
mod stream;
mod tabs;

use http::Version;
use http::header::SET_COOKIE;
use http_body_util::BodyExt as _;

use super::Finding;
use super::site::{Asked, Failure, Site};

/// What browsers accept, and what they have of it.
const CODINGS: &str = "gzip, br";

/// Looks at a site, and tells one finding after the other.
pub(super) async fn look(site: &Site, tell: &mut impl FnMut(Finding)) {
    let answer = match site.get(&site.path, Asked { codings: CODINGS, cookie: "" }).await {
        Ok(answer) => answer,
        Err(failure) => return tell(unanswered(site, failure)),
    };
    tell(connection(site, answer.version()));
    for finding in page::look(site, &answer) {
        tell(finding);
    }
    drop(answer);
    if let Some((live, cookie)) = live(site).await {
        stream::look(site, &live, &cookie, tell).await;
    } else {
        tell(Finding::open("streams: the page shows nothing that is live; name one that does"));
    }
}

fn unanswered(site: &Site, failure: Failure) -> Finding {
    let host = site.host();
    match failure {
        Failure::Unreachable(cause) => Finding::wrong(
            format!("nobody answers for {host}: {cause}"),
            "does the name lead to the server, does the proxy run, and does the firewall let its port through?",
        ),
        Failure::Untrusted(cause) => Finding::wrong(
            format!("TLS does not come about: {cause}"),
            format!(
                "the server must show a certificate for {host} with everything up to the authority's (fullchain.pem), in time"
            ),
        ),
        Failure::Silent(cause) => silent(host, &cause),
        Failure::Late => silent(host, "nothing came"),
    }
}

fn silent(host: &str, cause: &str) -> Finding {
    Finding::wrong(
        format!("{host} lets connections in and does not answer: {cause}"),
        "does the proxy reach the application? Its log says what it is waiting for",
    )
}

fn connection(site: &Site, version: Version) -> Finding {
    match (site.is_secure(), version) {
        (true, Version::HTTP_2) => Finding::well("the certificate is trusted, and HTTP/2 is spoken"),
        (true, _) => Finding::wrong(
            "HTTP/2 is missing: a browser opens six connections, and the seventh page of this site waits for ever",
            "nginx: `listen 443 ssl http2;`. Caddy speaks it unless `protocols` says otherwise",
        ),
        (false, _) => Finding::wrong(
            "there is no TLS: a browser speaks HTTP/2 only through it, and the seventh page of this site waits for ever",
            "put a proxy in front, `proxy caddy --domain …` prints how; or set ORION_TLS_CERT and ORION_TLS_KEY",
        ),
    }
}

/// Where the page's stream is, and the cookie to open it with.
async fn live(site: &Site) -> Option<(String, String)> {
    let answer = site.get(&site.path, Asked::default()).await.ok()?;
    let cookies = answer.headers().get_all(SET_COOKIE).iter().filter_map(|line| line.to_str().ok());
    let cookies: Vec<_> = cookies.filter_map(|line| line.split(';').next()).map(str::to_owned).collect();
    let html = answer.into_body().collect().await.ok()?.to_bytes();
    let html = String::from_utf8_lossy(&html);
    let live = &html[html.find(crate::live::markup::PATH)?..];
    Some((live.split('\'').next()?.to_owned(), cookies.join("; ")))
}

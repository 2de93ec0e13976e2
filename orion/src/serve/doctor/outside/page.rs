//! What the answer to a page tells about who passed it on.

use std::time::{Duration, SystemTime};

use http::header::{CONTENT_ENCODING, DATE, HeaderName, SET_COOKIE};
use http::{Response, StatusCode};

use super::{Finding, Site};
use crate::app::VIEWER_COOKIE;

/// More than an answer takes on its way.
const CLOCKS_APART: Duration = Duration::from_secs(30);

/// The findings about a page that was asked for with every coding.
pub(super) fn look<B>(site: &Site, answer: &Response<B>) -> Vec<Finding> {
    let mut findings = vec![clock(text(answer, &DATE), SystemTime::now())];
    match answer.status() {
        StatusCode::OK => {
            findings.push(encoding("pages", text(answer, &CONTENT_ENCODING)));
            findings.extend(site.is_secure().then(|| https(answer)).flatten());
        }
        StatusCode::BAD_GATEWAY | StatusCode::SERVICE_UNAVAILABLE | StatusCode::GATEWAY_TIMEOUT => {
            findings.push(Finding::wrong(
                format!("the page is answered {}: the application does not get the request", answer.status()),
                "does it run, and does the proxy ask where it listens (ORION_LISTEN)?",
            ));
        }
        other => findings.push(Finding::open(format!(
            "encodings: the page is answered {other}; name one that everybody may see"
        ))),
    }
    findings
}

/// Whether what was compressed comes as it was.
pub(super) fn encoding(what: &str, encoding: Option<&str>) -> Finding {
    let help = "whatever is in between has to pass Accept-Encoding and Content-Encoding on: no `gzip on`, no `encode`, no \
        `proxy_set_header Accept-Encoding`";
    match encoding {
        Some("br") => Finding::well(format!("{what} come compressed as the application compressed them")),
        Some(other) => Finding::wrong(
            format!("{what} come as {other}, though br is accepted: somebody in between has another opinion"),
            help,
        ),
        None => Finding::wrong(
            format!("{what} come uncompressed, though br is accepted: somebody in between strips encodings"),
            help,
        ),
    }
}

/// Whether the application knows that it is asked through TLS: then it says so of the viewer's cookie.
fn https<B>(answer: &Response<B>) -> Option<Finding> {
    let mut cookies = answer.headers().get_all(SET_COOKIE).iter().filter_map(|line| line.to_str().ok());
    let viewer = cookies.find(|line| line.split('=').next() == Some(VIEWER_COOKIE))?;
    Some(if viewer.split(';').any(|part| part.trim().eq_ignore_ascii_case("secure")) {
        Finding::well("the application knows that it is asked by https")
    } else {
        Finding::wrong(
            "the application does not know that it is asked by https, so its cookies go over http too",
            "the proxy has to set X-Forwarded-Proto, and to be one that ORION_PROXIES lists if it is on another machine",
        )
    })
}

fn clock(said: Option<&str>, now: SystemTime) -> Finding {
    let Some(theirs) = said.and_then(|text| httpdate::parse_http_date(text).ok()) else {
        return Finding::open("clock: the answer has no date");
    };
    let apart = now.duration_since(theirs).unwrap_or_else(|before| before.duration());
    if apart < CLOCKS_APART {
        Finding::well("its clock and this one agree")
    } else {
        Finding::wrong(
            format!("its clock and this one are {} s apart", apart.as_secs()),
            "`timedatectl` on both machines says which is not synchronised",
        )
    }
}

fn text<'a, B>(answer: &'a Response<B>, name: &HeaderName) -> Option<&'a str> {
    answer.headers().get(name)?.to_str().ok()
}

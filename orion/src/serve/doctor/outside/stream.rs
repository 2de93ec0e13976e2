//! How a live stream comes through: at once, compressed as it was, and for longer than a silence lasts.

use std::time::Duration;

use http::header::CONTENT_ENCODING;
use http::{Response, StatusCode};
use http_body_util::BodyExt as _;
use hyper::body::Incoming;
use tokio::time::{Instant, timeout_at};

use super::page::encoding;
use super::{Asked, CODINGS, Failure, Finding, Site, tabs};
use crate::live;

/// What is sent arrives within this time, across an ocean too.
pub(super) const PROMPT: Duration = Duration::from_secs(5);

const BUFFERING: &str = "nginx: `proxy_http_version 1.1; proxy_buffering off;`, and no `proxy_ignore_headers X-Accel-Buffering`; \
    Caddy: `flush_interval -1`";

/// What was seen of a stream.
struct Seen {
    /// When something came, from the request on.
    arrivals: Vec<Duration>,
    /// When it ended, if it did.
    ended: Option<Duration>,
}

/// Opens a stream, and watches until the application must have said something after a silence.
pub(super) async fn look(site: &Site, path: &str, cookie: &str, tell: &mut impl FnMut(Finding)) {
    let ping = live::Options::default().ping;
    let (began, patience) = (Instant::now(), ping + PROMPT);
    let mut seen = Seen { arrivals: Vec::new(), ended: None };
    match site.get(path, Asked { codings: CODINGS, cookie }).await {
        Ok(answer) if answer.status() == StatusCode::OK => {
            let coding = answer.headers().get(CONTENT_ENCODING).and_then(|value| value.to_str().ok());
            tell(encoding("streams", coding));
            seen.watch(answer, began, patience).await;
        }
        Ok(answer) if !answer.status().is_server_error() => {
            return tell(Finding::wrong(
                format!("the page's stream is answered {}", answer.status()),
                "the proxy has to pass on cookies, and what is below /_orion, as it does pages",
            ));
        }
        // The head too may be held back, until somebody's patience is over.
        Err(Failure::Late) => {}
        _ => seen.ended = Some(began.elapsed()),
    }
    for finding in judge(&seen, ping) {
        tell(finding);
    }
    // Where one does not come at once, many do not either.
    if seen.came_at_once() {
        tell(tabs::look(site, path, cookie).await);
    }
}

impl Seen {
    fn came_at_once(&self) -> bool {
        self.arrivals.first().is_some_and(|first| *first < PROMPT)
    }

    async fn watch(&mut self, answer: Response<Incoming>, began: Instant, patience: Duration) {
        let mut body = answer.into_body();
        while let Ok(frame) = timeout_at(began + patience, body.frame()).await {
            match frame {
                Some(Ok(_)) => self.arrivals.push(began.elapsed()),
                _ => return self.ended = Some(began.elapsed()),
            }
        }
    }
}

/// The application says something at once, and again after a silence of `ping`.
fn judge(seen: &Seen, ping: Duration) -> Vec<Finding> {
    let mut findings = Vec::new();
    let later = seen.arrivals.iter().any(|arrival| *arrival >= PROMPT);
    findings.push(if !seen.came_at_once() {
        Finding::wrong("streams are held back: what the application sends is buffered in between", BUFFERING)
    } else if later || seen.ended.is_some() {
        Finding::well("streams come at once")
    } else {
        Finding::wrong("streams are held back: after its beginning, nothing of one came any more", BUFFERING)
    });
    findings.push(match seen.ended {
        None => Finding::well(format!("streams outlive a silence of {} s", ping.as_secs())),
        Some(after) => Finding::wrong(
            format!(
                "a stream was ended after {} s, and so is every other when nothing happens",
                after.as_secs()
            ),
            format!(
                "whatever is in between must wait longer than {} s; nginx: `proxy_read_timeout 1h;`",
                ping.as_secs()
            ),
        ),
    });
    findings
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is wrong with a stream on which something came, and that ended, after so many seconds.
    fn wrong(arrivals: &[u64], ended: Option<u64>) -> Vec<String> {
        let arrivals = arrivals.iter().copied().map(Duration::from_secs).collect();
        let seen = Seen { arrivals, ended: ended.map(Duration::from_secs) };
        let findings = judge(&seen, Duration::from_secs(15)).into_iter();
        findings
            .filter_map(|finding| match finding {
                Finding::Wrong { what, .. } => Some(what.split([':', ',']).next().unwrap().to_owned()),
                _ => None,
            })
            .collect()
    }

    #[test]
    fn a_stream_that_comes_at_once_and_after_a_silence_is_well() {
        assert!(wrong(&[0, 15], None).is_empty());
        assert!(wrong(&[0, 1, 2, 6, 14], None).is_empty(), "a busy one");
    }

    #[test]
    fn what_is_held_back_is_found_whether_all_of_it_or_the_end_only() {
        assert_eq!(wrong(&[], None), ["streams are held back"]);
        assert_eq!(wrong(&[15], None), ["streams are held back"]);
        assert_eq!(wrong(&[0], None), ["streams are held back"]);
    }

    #[test]
    fn a_stream_that_is_ended_is_found_besides() {
        assert_eq!(wrong(&[0], Some(5)), ["a stream was ended after 5 s"]);
        assert_eq!(wrong(&[10], Some(10)), ["streams are held back", "a stream was ended after 10 s"]);
    }
}

//! How many pages of one visitor are live at once.

use futures_util::future::join_all;
use http::StatusCode;
use http_body_util::BodyExt as _;
use hyper::body::Incoming;
use tokio::time::timeout;

use super::stream::PROMPT;
use super::{Asked, Failure, Finding, Site};

/// More pages of a site than most people have open. Fewer than an application lets one viewer have.
const TABS: usize = 32;

const LIMITS: &str = "nginx: `http2_max_concurrent_streams 512;`, and no `limit_conn` or `limit_req` that counts the pages of one visitor; \
    the application has limits of its own, ORION_STREAMS_PER_VIEWER and ORION_STREAMS_PER_CLIENT";

/// What became of a tab's stream.
enum Tab {
    /// Something came; it ends when this is dropped.
    Live {
        _stream: Incoming,
    },
    Refused(StatusCode),
    /// Nothing came, or the server took the request back, which browsers send again.
    Waits,
}

/// Opens the page's stream in many tabs at once.
pub(super) async fn look(site: &Site, path: &str, cookie: &str) -> Finding {
    let Ok(browser) = site.browser().await else {
        return Finding::open("tabs: who came again was not let in");
    };
    let tab = async || match browser.get(path, Asked { codings: "", cookie }).await {
        Ok(answer) if answer.status() == StatusCode::OK => {
            let mut stream = answer.into_body();
            match stream.frame().await {
                Some(Ok(_)) => Tab::Live { _stream: stream },
                _ => Tab::Waits,
            }
        }
        Ok(answer) => Tab::Refused(answer.status()),
        Err(Failure::Unreachable(_) | Failure::Untrusted(_) | Failure::Silent(_) | Failure::Late) => {
            Tab::Waits
        }
    };
    judge(&join_all((0..TABS).map(async |_| timeout(PROMPT, tab()).await.unwrap_or(Tab::Waits))).await)
}

fn judge(tabs: &[Tab]) -> Finding {
    let live = tabs.iter().filter(|tab| matches!(tab, Tab::Live { .. })).count();
    let refused = tabs.iter().find_map(|tab| match tab {
        Tab::Refused(status) => Some(status),
        Tab::Live { .. } | Tab::Waits => None,
    });
    if live == tabs.len() {
        return Finding::well(format!("{live} pages of one visitor are live at once"));
    }
    let others = match refused {
        Some(status) => format!("others are answered {status}"),
        None => "others wait".to_owned(),
    };
    Finding::wrong(
        format!("of {} pages of one visitor only {live} are live at once: {others}", tabs.len()),
        LIMITS,
    )
}

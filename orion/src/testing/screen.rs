//! An open page: what its regions show, and the stream that changes it.

use std::collections::BTreeMap;
use std::time::Duration;

use axum::body::Body;
use http::Request;
use http_body_util::BodyExt as _;

use super::Browser;
use crate::live::markup::PATH;

/// How long a screen waits for a frame before it calls the test failed.
const PATIENCE: Duration = Duration::from_secs(10);

/// An open page. It holds a stream, as a tab does, until it is dropped.
pub struct Screen {
    /// The document as it was first painted.
    pub painted: String,
    stream: Body,
    unread: String,
    regions: BTreeMap<String, String>,
}

impl Screen {
    pub(super) async fn open(browser: &mut Browser, painted: String) -> Self {
        let regions = painted.matches("data-orion-region").count();
        let token = painted.split_once(&format!("{PATH}?page=")).map(|(_, rest)| rest);
        let token = token.and_then(|rest| rest.split(['\'', '&']).next()).unwrap_or_default();
        let request = Request::get(format!("{PATH}?page={token}")).header("datastar-request", "true");
        let response = browser.send(request.body(Body::empty()).expect("the token is part of a path")).await;
        assert!(
            regions == 0 || response.status() == 200,
            "the stream was answered with {}",
            response.status()
        );
        let mut screen =
            Self { painted, stream: response.into_body(), unread: String::new(), regions: BTreeMap::new() };
        while screen.regions.len() < regions {
            screen.next().await;
        }
        screen
    }

    /// What the region with this element id shows.
    ///
    /// # Panics
    /// If the page has no such region.
    #[track_caller]
    pub fn shows(&self, id: &str) -> &str {
        let known: Vec<&String> = self.regions.keys().collect();
        self.regions.get(id).unwrap_or_else(|| panic!("the page has no region `{id}`; it has {known:?}"))
    }

    /// Waits for the next frame of any region and returns that region's markup.
    ///
    /// # Panics
    /// If none comes within ten seconds, or the stream ends.
    pub async fn next(&mut self) -> &str {
        loop {
            if let Some(end) = self.unread.find("\n\n") {
                let event: String = self.unread.drain(..end + 2).collect();
                if let Some((id, markup)) = elements(&event) {
                    self.regions.insert(id.clone(), markup);
                    return &self.regions[&id];
                }
                continue;
            }
            let Ok(frame) = tokio::time::timeout(PATIENCE, self.stream.frame()).await else {
                panic!("no frame came; the page shows {:#?}", self.regions);
            };
            match frame {
                Some(Ok(frame)) => {
                    let bytes = frame.into_data().unwrap_or_default();
                    self.unread.push_str(&String::from_utf8_lossy(&bytes));
                }
                Some(Err(cause)) => panic!("the stream broke: {cause}"),
                None => panic!("the stream ended"),
            }
        }
    }

    /// Waits until the region with this element id shows `text`.
    ///
    /// # Panics
    /// If it does not within ten seconds after the last frame, or the stream ends.
    pub async fn until(&mut self, id: &str, text: &str) -> &str {
        while !self.shows(id).contains(text) {
            self.next().await;
        }
        self.shows(id)
    }

    /// Whether the stream is over: true once the application ended it.
    pub async fn ended(&mut self) -> bool {
        while let Ok(frame) = tokio::time::timeout(PATIENCE, self.stream.frame()).await {
            match frame {
                None => return true,
                Some(Ok(_)) => {}
                Some(Err(_)) => return false,
            }
        }
        false
    }
}

/// The element of a patch that morphs a region, by its id.
fn elements(event: &str) -> Option<(String, String)> {
    event.lines().find(|line| *line == "event: datastar-patch-elements")?;
    let lines: Vec<&str> = event.lines().filter_map(|line| line.strip_prefix("data: elements ")).collect();
    let markup = lines.join("\n");
    let id = markup.strip_prefix("<div id=\"")?.split_once('"')?.0.to_owned();
    markup.contains("data-orion-region").then_some((id, markup))
}

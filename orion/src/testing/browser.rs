//! A browser as a value: it keeps its cookie, acts and opens pages.

use axum::Router;
use axum::body::Body;
use http::header::{CONTENT_TYPE, COOKIE, SET_COOKIE};
use http::{Method, Request, Response};
use http_body_util::BodyExt as _;
use serde::Serialize;
use tower::ServiceExt as _;

use super::{Answer, Screen};
use crate::decl;
use crate::viewer::Viewer;
use crate::wire::Action;

/// A browser: one viewer, as many requests and screens as it likes.
#[derive(Debug, Clone)]
pub struct Browser {
    router: Router,
    cookie: Option<String>,
}

impl Browser {
    pub(super) fn new(router: Router) -> Self {
        Self { router, cookie: None }
    }

    /// Who this is; `None` before the first request.
    pub fn viewer(&self) -> Option<Viewer> {
        let id = self.cookie.as_deref()?.split_once('=')?.1.split_once('.')?.0;
        Some(Viewer::with_id(id))
    }

    /// Gets a path without JavaScript.
    pub async fn get(&mut self, path: impl AsRef<str>) -> Answer {
        self.answer(Request::get(path.as_ref()), Body::empty()).await
    }

    /// Acts as Datastar does: `signals` travel as JSON, in the query where the method has no body. Pass `()` for none.
    ///
    /// # Panics
    /// If the signals cannot be written as JSON.
    pub async fn act(&mut self, action: Action, signals: impl Serialize) -> Answer {
        let json = match serde_json::to_string(&signals).expect("signals can be written as JSON") {
            null if null == "null" => "{}".to_owned(),
            json => json,
        };
        let bodiless = matches!(action.method(), decl::Method::Get | decl::Method::Delete);
        let (path, body) = if bodiless {
            let query =
                form_urlencoded::Serializer::new(String::new()).append_pair("datastar", &json).finish();
            (format!("{}?{query}", action.path()), Body::empty())
        } else {
            (action.path().to_owned(), Body::from(json))
        };
        let mut request =
            Request::builder().method(method(&action)).uri(path).header("datastar-request", "true");
        if !bodiless {
            request = request.header(CONTENT_TYPE, "application/json");
        }
        self.answer(request, body).await
    }

    /// Submits a form without JavaScript.
    ///
    /// # Panics
    /// If `fields` cannot be written as a form.
    pub async fn submit(&mut self, path: impl AsRef<str>, fields: impl Serialize) -> Answer {
        let body = serde_urlencoded::to_string(fields).expect("fields can be written as a form");
        let request = Request::post(path.as_ref()).header(CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.answer(request, Body::from(body)).await
    }

    /// Opens a page and its stream, and waits until the stream has shown every region once.
    ///
    /// # Panics
    /// If the page does not come with status 200, or its stream does not open.
    pub async fn open(&mut self, path: impl AsRef<str>) -> Screen {
        let page = self.get(path).await.expect_status(200..=200);
        Screen::open(self, page.text).await
    }

    /// Sends a request with this browser's cookie, for what the other methods do not reach.
    ///
    /// # Panics
    /// If the request is no request.
    pub async fn send(&mut self, mut request: Request<Body>) -> Response<Body> {
        if let Some(cookie) = &self.cookie {
            request.headers_mut().insert(COOKIE, cookie.parse().expect("a cookie is a header value"));
        }
        let response = match self.router.clone().oneshot(request).await {
            Ok(response) => response,
            Err(never) => match never {},
        };
        let set = response.headers().get(SET_COOKIE).and_then(|value| value.to_str().ok());
        if let Some(pair) = set.and_then(|set| set.split(';').next()) {
            self.cookie = Some(pair.to_owned());
        }
        response
    }

    async fn answer(&mut self, request: http::request::Builder, body: Body) -> Answer {
        self.ask(request.body(body).expect("the path is one of the application's")).await
    }

    /// Sends a request, as [`Browser::send`] does, and reads the whole answer.
    ///
    /// # Panics
    /// If the answer breaks off.
    pub async fn ask(&mut self, request: Request<Body>) -> Answer {
        let (parts, body) = self.send(request).await.into_parts();
        let bytes = body.collect().await.expect("an answer in memory is complete").to_bytes();
        Answer {
            status: parts.status.as_u16(),
            headers: parts.headers,
            text: String::from_utf8_lossy(&bytes).into_owned(),
        }
    }
}

fn method(action: &Action) -> Method {
    match action.method() {
        decl::Method::Get => Method::GET,
        decl::Method::Post => Method::POST,
        decl::Method::Put => Method::PUT,
        decl::Method::Patch => Method::PATCH,
        decl::Method::Delete => Method::DELETE,
    }
}

//! The smallest live application: what is said in one window appears in all. The harness proves itself on it, so that
//! what fails in a test of a real application is not the harness.

use bytes::Bytes;
use futures_util::StreamExt as _;
use futures_util::stream::{self, BoxStream};
use http::{Method, Request, Response, StatusCode, header};
use http_body_util::{BodyExt as _, StreamBody};
use hyper::body::{Frame, Incoming};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use std::convert::Infallible;
use std::io::{self, Write as _};
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::watch;

type Body = StreamBody<BoxStream<'static, Result<Frame<Bytes>, Infallible>>>;

/// What was said, a line each, lives here; a version for the open streams to wait on lives in the process.
const FILE: &str = "said.txt";

#[tokio::main(flavor = "current_thread")]
async fn main() -> io::Result<()> {
    let address = std::env::var("ORION_LISTEN").map_err(io::Error::other)?;
    let listener = TcpListener::bind(&address).await?;
    println!("listening on {address}");
    let changes = watch::Sender::new(0_u64);
    let mut terminated = signal(SignalKind::terminate())?;
    loop {
        tokio::select! {
            accepted = listener.accept() => serve(TokioIo::new(accepted?.0), changes.clone()),
            _ = terminated.recv() => return Ok(()),
        }
    }
}

fn serve(connection: TokioIo<tokio::net::TcpStream>, changes: watch::Sender<u64>) {
    let service = service_fn(move |request| answer(request, changes.clone()));
    tokio::spawn(http1::Builder::new().serve_connection(connection, service));
}

async fn answer(request: Request<Incoming>, changes: watch::Sender<u64>) -> io::Result<Response<Body>> {
    let response = Response::builder();
    let response = match (request.method(), request.uri().path()) {
        (&Method::GET, "/") => {
            let page = include_str!("stand-in.html").replace("SAID", &said());
            response
                .header(header::CONTENT_TYPE, "text/html")
                .header(header::SET_COOKIE, "visited=yes; HttpOnly")
                .body(whole(page))
        }
        (&Method::GET, "/live") => {
            response.header(header::CONTENT_TYPE, "text/event-stream").body(live(&changes))
        }
        (&Method::POST, "/say") => {
            let body = request.into_body().collect().await.map_err(io::Error::other)?.to_bytes();
            let (_, text) = form_urlencoded::parse(&body).next().ok_or(io::ErrorKind::InvalidInput)?;
            let mut file = std::fs::File::options().create(true).append(true).open(FILE)?;
            writeln!(file, "{text}")?;
            changes.send_modify(|version| *version += 1);
            response.status(StatusCode::SEE_OTHER).header(header::LOCATION, "/").body(whole(String::new()))
        }
        _ => response.status(StatusCode::NOT_FOUND).body(whole(String::new())),
    };
    response.map_err(io::Error::other)
}

/// The list's items. What a test says holds no markup.
fn said() -> String {
    let lines = std::fs::read_to_string(FILE).unwrap_or_default();
    lines.lines().flat_map(|line| ["<li>", line, "</li>"]).collect()
}

/// The complete list at once and after every change.
fn live(changes: &watch::Sender<u64>) -> Body {
    let mut watched = changes.subscribe();
    watched.mark_changed();
    let events = stream::unfold(watched, async |mut watched| {
        watched.changed().await.ok()?;
        let event = format!("retry: 100\ndata: {}\n\n", said());
        Some((Ok(Frame::data(event.into())), watched))
    });
    StreamBody::new(events.boxed())
}

fn whole(text: String) -> Body {
    StreamBody::new(stream::once(async { Ok(Frame::data(text.into())) }).boxed())
}

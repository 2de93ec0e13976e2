//! Tells whoever comes by `http://` that the application is found by `https://`.

use std::convert::Infallible;
use std::future::ready;
use std::sync::Arc;

use axum::body::Body;
use http::header::{HOST, HeaderValue, LOCATION};
use http::uri::{Authority, PathAndQuery};
use http::{Request, Response, StatusCode};
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::net::TcpListener;
use tokio::time::timeout;

use crate::serve::config::Config;
use crate::serve::connection::http1;
use crate::serve::doors::Doors;
use crate::serve::head;
use crate::serve::listen::pause;

/// Answers at this listener for as long as the process does; the application itself is found at `port`.
pub(in crate::serve) async fn serve(listener: TcpListener, port: u16, config: Config) {
    let (doors, mut http1) = (Doors::new(&config, true), http1(&config));
    let http1 = Arc::new(http1.keep_alive(false).clone());
    let (limit, patience) = (config.header_limit, config.request_timeout + config.write_timeout);
    loop {
        let (socket, peer) = match listener.accept().await {
            Ok(accepted) => accepted,
            Err(cause) => {
                pause(&cause).await;
                continue;
            }
        };
        let place = match doors.admit(peer.ip()) {
            Ok(place) => place,
            Err(closed) => {
                doors.turn_away(socket, closed);
                continue;
            }
        };
        let http1 = Arc::clone(&http1);
        tokio::spawn(async move {
            let service = service_fn(|request: Request<Incoming>| {
                let refused = head::refuse(&request, limit);
                ready(Ok::<_, Infallible>(refused.unwrap_or_else(|| answer(&request, port))))
            });
            // Whether they heard it is theirs to know.
            let _ = timeout(patience, http1.serve_connection(TokioIo::new(socket), service)).await;
            drop(place);
        });
    }
}

fn answer<B>(request: &Request<B>, port: u16) -> Response<Body> {
    let host = request.headers().get(HOST).and_then(|host| host.to_str().ok()?.parse::<Authority>().ok());
    // Who is who at a host has no place in `Host` (RFC 9112, section 3.2).
    let host = host.filter(|host| !host.as_str().contains('@'));
    // `OPTIONS *` asks for no path.
    let path = request.uri().path_and_query().map(PathAndQuery::as_str).filter(|path| path.starts_with('/'));
    let path = path.unwrap_or("/");
    let location = host.and_then(|host| {
        let port = if port == 443 { String::new() } else { format!(":{port}") };
        HeaderValue::try_from(format!("https://{}{port}{path}", host.host())).ok()
    });
    let Some(location) = location else {
        return head::told(StatusCode::BAD_REQUEST, "The host that the request names is none.".to_owned());
    };
    let mut answer = head::told(StatusCode::PERMANENT_REDIRECT, "This is found by https.".to_owned());
    answer.headers_mut().insert(LOCATION, location);
    answer
}

#[cfg(test)]
mod tests {
    use super::*;

    fn location(host: &'static str, target: &str, port: u16) -> Option<String> {
        let request = Request::get(target).header(HOST, host).body(()).unwrap();
        let answer = answer(&request, port);
        let location = answer.headers().get(LOCATION)?.to_str().unwrap().to_owned();
        assert_eq!(answer.status(), StatusCode::PERMANENT_REDIRECT);
        Some(location)
    }

    #[test]
    fn it_is_the_same_address_by_https() {
        let at = |host, target, port| location(host, target, port).unwrap();
        assert_eq!(at("todos.example", "/a?b=%0d", 443), "https://todos.example/a?b=%0d");
        assert_eq!(at("todos.example:80", "/", 8443), "https://todos.example:8443/");
        assert_eq!(at("[::1]:8080", "/", 443), "https://[::1]/");
        assert_eq!(at("todos.example", "*", 443), "https://todos.example/");
    }

    #[test]
    fn nobody_is_sent_to_what_is_no_host() {
        for host in ["", "todos.example@evil.example", "a b", "todos.example/x", "todos.example#x"] {
            assert_eq!(location(host, "/", 443), None, "{host}");
        }
    }
}

//! The routes that the slices declare, as a plain axum router.

use std::future::ready;
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::middleware::from_fn;
use axum::routing::{MethodFilter, get, on};
use http::Request;
use tower_http::compression::CompressionLayer;

use crate::decl::Method;
use crate::live::markup::PATH;

use super::runtime::Runtime;
use super::start::BootError;
use super::{handlers, log};

/// Puts the routes together; two declarations of one route are an error that names both.
pub(crate) fn router(runtime: &Arc<Runtime>, extra: Router) -> Result<Router, BootError> {
    let stream = Arc::clone(runtime);
    let file = Arc::clone(runtime);
    Ok(routes(runtime)?
        .merge(extra)
        .fallback(move |request: Request<Body>| ready(handlers::file(&file, &request)))
        // Whole answers only: the stream is compressed frame by frame, by itself.
        .layer(CompressionLayer::new())
        .route(PATH, get(move |request: Request<Body>| ready(handlers::stream(&stream, &request))))
        .layer(from_fn(log::request)))
}

fn routes(runtime: &Arc<Runtime>) -> Result<Router, BootError> {
    let mut seen: Vec<(&str, &str, String)> = Vec::new();
    let mut router = Router::new();
    let mut claim = |method: &'static str, path: &'static str, by: String| {
        // One path with two sets of parameter names cannot be told apart either, whatever the methods.
        let same = |other: &str, at: &str| shape(at) == shape(path) && (other == method || at != path);
        if let Some((_, _, first)) = seen.iter().find(|(other, at, _)| same(other, at)) {
            return Err(BootError::Route { method, path, first: first.clone(), second: by });
        }
        seen.push((method, path, by));
        Ok(())
    };
    for slice in &runtime.slices {
        for &page in slice.pages {
            claim("GET", page.path, format!("page {}::{}", page.slice, page.name))?;
            let runtime = Arc::clone(runtime);
            router = router.route(
                page.path,
                get(move |request: Request<Body>| handlers::page(Arc::clone(&runtime), page, request)),
            );
        }
        for &command in slice.commands {
            claim(
                command.method.as_str(),
                command.path,
                format!("command {}::{}", command.slice, command.name),
            )?;
            let runtime = Arc::clone(runtime);
            router = router.route(
                command.path,
                on(filter(command.method), move |request: Request<Body>| {
                    handlers::command(Arc::clone(&runtime), command, request)
                }),
            );
        }
    }
    Ok(router)
}

/// A path with its parameters' names left out: `/a/{x}` and `/a/{y}` are one route.
fn shape(path: &str) -> String {
    path.split('/').map(|part| if part.starts_with('{') { "{}" } else { part }).collect::<Vec<_>>().join("/")
}

fn filter(method: Method) -> MethodFilter {
    match method {
        Method::Get => MethodFilter::GET,
        Method::Post => MethodFilter::POST,
        Method::Put => MethodFilter::PUT,
        Method::Patch => MethodFilter::PATCH,
        Method::Delete => MethodFilter::DELETE,
    }
}

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
use super::{handlers, headers, log};

/// Puts the routes together. That no two of them are one was checked before.
pub(crate) fn router(runtime: &Arc<Runtime>, extra: Router) -> Router {
    let stream = Arc::clone(runtime);
    let file = Arc::clone(runtime);
    let file = move |request: Request<Body>| ready(handlers::file(&file, &request));
    routes(runtime)
        .merge(extra)
        // Routes of their own, which a page at `/{*rest}` does not hide; an icon stands at the root.
        .route("/_orion/{file}", get(file.clone()))
        .route("/static/{*file}", get(file.clone()))
        .fallback(file)
        // Whole answers only: the stream is compressed frame by frame, by itself.
        .layer(CompressionLayer::new())
        .route(PATH, get(move |request: Request<Body>| ready(handlers::stream(&stream, &request))))
        .layer(from_fn(headers::protect))
        .layer(from_fn(log::request))
}

fn routes(runtime: &Arc<Runtime>) -> Router {
    let mut router = Router::new();
    for slice in &runtime.slices {
        for &page in slice.pages {
            let runtime = Arc::clone(runtime);
            router = router.route(
                page.path,
                get(move |request: Request<Body>| handlers::page(Arc::clone(&runtime), page, request)),
            );
        }
        for &command in slice.commands {
            let runtime = Arc::clone(runtime);
            router = router.route(
                command.path,
                on(filter(command.method), move |request: Request<Body>| {
                    handlers::command(Arc::clone(&runtime), command, request)
                }),
            );
        }
    }
    router
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

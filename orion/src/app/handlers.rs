//! What answers: a page, a command, the live stream, a file, and nothing of these.

use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use bytes::Bytes;
use http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderValue, RETRY_AFTER, SET_COOKIE,
};
use http::{Extensions, Request, Response, StatusCode};
use maud::{Markup, PreEscaped};
use tracing::Instrument as _;

use crate::client::Counted;
use crate::decl::{Access, Command, Page, Run};
use crate::error::{Error, Result};
use crate::live::{Coding, Lent, Painted, Visit, markup};
use crate::nonce::Nonce;
use crate::store::{self, Tx};
use crate::wire::{self, Input, Reply};

use super::access::admit;
use super::request::{Arrived, arrive, read};
use super::runtime::Runtime;
use super::{Document, identity, origin, policy, shell};
use crate::live::frame;

/// Within what time the pages of an older build load themselves again, in milliseconds.
const RELOADS: u32 = 5000;

/// Which command made an answer, for who counts them.
#[derive(Clone, Copy)]
pub(crate) struct AnsweredBy(pub(crate) &'static Command);

/// Paints a page: first paint is complete.
pub(crate) async fn page(
    runtime: Arc<Runtime>,
    page: &'static Page,
    request: Request<Body>,
) -> Response<Body> {
    let (parts, _) = request.into_parts();
    let nonce = nonce(&parts.extensions);
    let (input, cookie) = match arrive(&runtime, parts).await {
        Ok(Arrived { input, cookie }) => (input, cookie),
        Err(error) => return failed(&runtime, &error, &nonce),
    };
    let hub = Arc::clone(&runtime.hub);
    let (viewer, scripts) = (input.viewer.clone(), nonce.clone());
    let painted = store::read(&*runtime.store, move |db| {
        admit(page.access, db, &input)?;
        hub.paint(page, &Visit::new(db, &input).with_nonce(&scripts))
    })
    .await;
    let painted = painted.and_then(|Painted { document, regions }| {
        let live = match &*regions {
            [] => PreEscaped(String::new()),
            regions => markup::markup(&runtime.references.write(&viewer, regions)?, runtime.development),
        };
        html(StatusCode::OK, &runtime, &document, &live, &nonce)
    });
    let mut response = painted.unwrap_or_else(|error| {
        let error = error.while_doing(format!("painting the page {}::{}", page.slice, page.name));
        failed(&runtime, &error, &nonce)
    });
    if let Some(cookie) = cookie {
        response.headers_mut().insert(SET_COOKIE, cookie);
    }
    response
}

/// Runs a command and answers its actor.
pub(crate) async fn command(
    runtime: Arc<Runtime>,
    command: &'static Command,
    request: Request<Body>,
) -> Response<Body> {
    let (parts, body) = request.into_parts();
    let Arrived { mut input, cookie } = match arrive(&runtime, parts).await {
        Ok(arrived) => arrived,
        Err(error) => return refused(&error),
    };
    if !origin::is_own(&input.headers, &runtime.origins) {
        return refused(&Error::refused(403, "Another site's page may not do this."));
    }
    match read(&runtime, body).await {
        Ok(body) => input.body = body,
        Err(error) => return refused(&error),
    }
    // What takes long on the writer's thread is named by its span.
    let span = tracing::info_span!("command", slice = command.slice, name = command.name);
    let result = run(&runtime, command, &input).instrument(span).await.map_err(|error| {
        let error = error.while_doing(format!("command {}::{}", command.slice, command.name));
        if error.status() >= 500 {
            tracing::error!(
                slice = command.slice,
                command = command.name,
                error = error.chain(),
                "a command failed"
            );
            if runtime.development {
                runtime.hub.tell(&input.viewer, &frame::alert(&error.chain()));
            }
        }
        error
    });
    let mut response = wire::answer(result, &input, runtime.development).map(Body::from);
    response.extensions_mut().insert(AnsweredBy(command));
    if let Some(cookie) = cookie {
        response.headers_mut().insert(SET_COOKIE, cookie);
    }
    response
}

async fn run(runtime: &Runtime, command: &Command, input: &Input) -> Result<Reply> {
    let access = command.access;
    match command.run {
        Run::Sync(prepare) => match prepare(input) {
            Ok(write) if matches!(access, Access::Allow(_)) => {
                let input = input.clone();
                let guarded = move |tx: &Tx| {
                    admit(access, tx, &input)?;
                    write(tx)
                };
                store::write(&*runtime.store, guarded).await
            }
            Ok(write) => store::write(&*runtime.store, write).await,
            // Who may not is not told either what is wrong with what was sent.
            Err(error) => ask(runtime, access, input).await.and(Err(error)),
        },
        Run::Async(run) => {
            ask(runtime, access, input).await?;
            // In a task of its own: a panic becomes an error, and a client that leaves does not stop it half-way.
            let task = tokio::spawn(run(runtime.cx(input.viewer.clone()), input.clone()).in_current_span());
            task.await.unwrap_or_else(|cause| match cause.try_into_panic() {
                Ok(panic) => Err(store::panicked(&*panic)),
                Err(cause) => Err(cause.into()),
            })
        }
    }
}

/// Asks by a read of its own whether the sender of `input` may.
async fn ask(runtime: &Runtime, access: Access, input: &Input) -> Result<()> {
    if !matches!(access, Access::Allow(_)) {
        return Ok(());
    }
    let input = input.clone();
    store::read(&*runtime.store, move |db| admit(access, db, &input)).await
}

/// Opens the stream of a tab. A stream that may not be is told 204, which alone makes Datastar stop asking.
pub(crate) fn stream(runtime: &Runtime, request: &Request<Body>) -> Response<Body> {
    let gone = || Response::builder().status(StatusCode::NO_CONTENT).body(Body::empty()).unwrap_or_default();
    let Some(known) = identity::known(request.headers(), &runtime.signer) else { return gone() };
    let viewer = known.viewer;
    let query = request.uri().query().unwrap_or_default();
    let Some((_, token)) = form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == "page") else {
        return gone();
    };
    let Ok(page) = runtime.references.read(&viewer, &token) else { return gone() };
    let coding = Coding::negotiate(request.headers());
    let client = request.extensions().get::<Counted>().copied();
    match runtime.hub.open_to(client, &viewer, &page.regions, coding) {
        Ok(stream) if page.outdated => {
            // One by one: all pages of the build before come back within a moment.
            let after = Duration::from_millis((getrandom::u32().unwrap_or(0) % RELOADS).into());
            Lent::answer(stream.greeting(&frame::newer_build(runtime.references.build(), after)))
                .map(Body::new)
        }
        Ok(stream) => Lent::answer(stream).map(Body::new),
        Err(error) => refused(&error),
    }
}

/// A file, or the page that says that there is nothing.
pub(crate) fn file(runtime: &Runtime, request: &Request<Body>) -> Response<Body> {
    let reads = matches!(*request.method(), http::Method::GET | http::Method::HEAD);
    if reads && let Some(response) = runtime.files.answer(request.uri().path(), request.headers()) {
        return response.map(Body::from);
    }
    failed(runtime, &crate::NotFound.into(), &nonce(request.extensions()))
}

/// The nonce that was made for this request.
fn nonce(extensions: &Extensions) -> Nonce {
    extensions.get().cloned().unwrap_or_else(Nonce::fresh)
}

fn html(
    status: StatusCode,
    runtime: &Runtime,
    document: &Document,
    live: &Markup,
    nonce: &Nonce,
) -> Result<Response<Body>> {
    let text = shell::shell(document, &runtime.files, runtime.title, live, nonce).into_string();
    let mut response = Response::new(Body::from(Bytes::from(text)));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
    // It names its viewer; and it is right only now.
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
    headers.insert(CONTENT_SECURITY_POLICY, policy::header(nonce, &document.allowed)?);
    Ok(response)
}

/// The page of an error.
fn failed(runtime: &Runtime, error: &Error, nonce: &Nonce) -> Response<Body> {
    let status = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let chain = error.chain();
    if status.is_server_error() {
        tracing::error!(error = chain, "a page failed");
    }
    let internal = status == StatusCode::INTERNAL_SERVER_ERROR;
    let sentence =
        if internal { "Something went wrong on the server.".to_owned() } else { error.to_string() };
    let document = shell::failure(
        status.as_u16(),
        &sentence,
        runtime.development.then_some(&*chain).filter(|_| internal),
    );
    // It allows nothing of its own, so nothing can be wrong with its policy.
    let mut response =
        html(status, runtime, &document, &PreEscaped(String::new()), nonce).unwrap_or_default();
    if status == StatusCode::SERVICE_UNAVAILABLE {
        response.headers_mut().insert(RETRY_AFTER, HeaderValue::from_static("1"));
    }
    response
}

/// A refusal in one sentence of plain text.
fn refused(error: &Error) -> Response<Body> {
    let mut response = Response::new(Body::from(error.to_string()));
    *response.status_mut() =
        StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if error.status() == 503 {
        headers.insert(RETRY_AFTER, HeaderValue::from_static("1"));
    }
    response
}

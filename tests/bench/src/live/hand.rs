//! The application as a good developer writes it by hand today: axum, the `datastar` crate, rusqlite behind a mutex on blocking threads,
//! a transaction a command, a render for each stream and event, tower-http's compression.

use std::convert::Infallible;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::extract::{Path as Segment, State};
use axum::http::StatusCode;
use axum::response::sse::{Event, Sse};
use axum::response::{Html, IntoResponse};
use axum::routing::{get, post};
use datastar::prelude::PatchElements;
use futures_util::{Stream, stream};
use maud::{DOCTYPE, html};
use rusqlite::Connection;
use tokio::net::TcpListener;
use tokio::sync::broadcast::{self, error::RecvError};
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::SizeAbove;

use crate::{Outcome, todos};

#[derive(Clone)]
struct App {
    db: Arc<Mutex<Connection>>,
    changed: broadcast::Sender<()>,
}

pub(super) async fn serve(address: SocketAddr, file: &Path) -> Outcome<()> {
    let connection = Connection::open(file)?;
    connection.execute_batch(
        "pragma journal_mode = wal; pragma synchronous = normal; pragma busy_timeout = 5000; pragma foreign_keys = on;
         pragma temp_store = memory; pragma cache_size = -65536; pragma mmap_size = 268435456;",
    )?;
    let app = App { db: Arc::new(Mutex::new(connection)), changed: broadcast::channel(16).0 };
    let router = Router::new()
        .route("/", get(home))
        .route("/live", get(live))
        .route("/todos/{id}/toggle", post(toggle))
        // Its default leaves streams as they are.
        .layer(CompressionLayer::new().compress_when(SizeAbove::new(0)))
        .with_state(app);
    let listener = TcpListener::bind(address).await?;
    axum::serve(axum::serve::ListenerExt::tap_io(listener, |socket| drop(socket.set_nodelay(true))), router)
        .await?;
    Ok(())
}

async fn home(State(app): State<App>) -> impl IntoResponse {
    let list = list(&app).await;
    let page =
        html! { (DOCTYPE) body { h1 { "Todos" } (maud::PreEscaped(list)) div data-init="@get('/live')" {} } };
    Html(page.into_string())
}

async fn toggle(State(app): State<App>, Segment(id): Segment<i64>) -> StatusCode {
    let db = Arc::clone(&app.db);
    let flipped = tokio::task::spawn_blocking(move || -> rusqlite::Result<usize> {
        let mut db = db.lock().expect("nobody panicked with it");
        let transaction = db.transaction()?;
        let flipped =
            transaction.prepare_cached("update todos set done = not done where id = ?")?.execute([id])?;
        transaction.commit()?;
        Ok(flipped)
    })
    .await;
    match flipped {
        Ok(Ok(1)) => {
            // Nobody may be listening.
            let _ = app.changed.send(());
            StatusCode::NO_CONTENT
        }
        Ok(Ok(_)) => StatusCode::NOT_FOUND,
        _ => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

async fn live(State(app): State<App>) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let changed = app.changed.subscribe();
    Sse::new(stream::unfold((app, changed, true), |(app, mut changed, first)| async move {
        if !first && let Err(RecvError::Closed) = changed.recv().await {
            return None;
        }
        let event = PatchElements::new(list(&app).await).write_as_axum_sse_event();
        Some((Ok(event), (app, changed, false)))
    }))
}

/// The list as an element.
async fn list(app: &App) -> String {
    let db = Arc::clone(&app.db);
    let rendered = tokio::task::spawn_blocking(move || -> rusqlite::Result<String> {
        let db = db.lock().expect("nobody panicked with it");
        let mut first = db.prepare_cached("select id, title, done from todos order by id limit 100")?;
        let todos: Vec<(i64, String, bool)> = first
            .query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?
            .collect::<Result<_, _>>()?;
        let items = todos::items(todos.iter().map(|(id, title, done)| (*id, &**title, *done)));
        Ok(html! { div id="todos" { (items) } }.into_string())
    });
    rendered.await.expect("it does not panic").expect("it can be read")
}

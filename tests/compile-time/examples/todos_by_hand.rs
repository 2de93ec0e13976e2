//! The example `todos` as a good developer writes it by hand today: axum, the `datastar` crate, rusqlite behind a mutex on blocking
//! threads, maud, tower-http's compression and tracing. What it costs to build is what building orion's `todos` is compared with.

use std::convert::Infallible;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::sse::{Event, Sse};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::{get, post};
use datastar::axum::ReadSignals;
use datastar::prelude::{PatchElements, PatchSignals};
use futures_util::{Stream, stream};
use maud::{DOCTYPE, Markup, html};
use rusqlite::Connection;
use serde::Deserialize;
use tokio::net::TcpListener;
use tokio::sync::broadcast::{self, error::RecvError};
use tower_http::compression::CompressionLayer;

type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

#[derive(Clone)]
struct App {
    db: Arc<Mutex<Connection>>,
    changed: broadcast::Sender<()>,
    /// Datastar, which a developer puts beside the style.
    script: Arc<str>,
}

struct Todo {
    id: i64,
    title: String,
    done: bool,
}

#[derive(Deserialize)]
struct Draft {
    title: String,
}

/// What went wrong: told to the log, and to the browser in general.
struct Failure(String);

impl<E: std::error::Error> From<E> for Failure {
    fn from(error: E) -> Self {
        Self(error.to_string())
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        tracing::error!("{}", self.0);
        (StatusCode::INTERNAL_SERVER_ERROR, "Something went wrong.").into_response()
    }
}

#[tokio::main]
async fn main() -> Outcome<()> {
    tracing_subscriber::fmt().with_env_filter(tracing_subscriber::EnvFilter::from_default_env()).init();
    let file = std::env::var("DATABASE").unwrap_or_else(|_| "todos.db".to_owned());
    let listen = std::env::var("LISTEN").unwrap_or_else(|_| "127.0.0.1:3000".to_owned());
    let connection = Connection::open(file)?;
    connection.execute_batch(
        "pragma journal_mode = wal; pragma busy_timeout = 5000; pragma foreign_keys = on;
         create table if not exists todos (
             id integer primary key, title text not null, done integer not null default 0) strict;",
    )?;
    let datastar = std::fs::read_to_string("static/datastar.js")?;
    let app = App {
        db: Arc::new(Mutex::new(connection)),
        changed: broadcast::channel(16).0,
        script: datastar.into(),
    };
    let router = Router::new()
        .route("/", get(home))
        .route("/live", get(live))
        .route("/todos", post(create))
        .route("/todos/{id}/toggle", post(toggle))
        .route("/static/datastar.js", get(script))
        .route("/static/todos.css", get(style))
        .layer(CompressionLayer::new())
        .with_state(app);
    let listener = TcpListener::bind(&listen).await?;
    tracing::info!("listening on http://{listen}");
    axum::serve(listener, router)
        .with_graceful_shutdown(async {
            let _ = tokio::signal::ctrl_c().await;
        })
        .await?;
    Ok(())
}

impl App {
    /// Does something with the database, on a thread that may wait for it.
    async fn with<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Connection) -> rusqlite::Result<T> + Send + 'static,
    ) -> Result<T, Failure> {
        let db = Arc::clone(&self.db);
        let done = tokio::task::spawn_blocking(move || match db.lock() {
            Ok(mut db) => work(&mut db).map_err(Failure::from),
            Err(poisoned) => Err(Failure::from(poisoned)),
        });
        done.await?
    }

    async fn todos(&self) -> Result<Vec<Todo>, Failure> {
        self.with(|db| {
            let mut all = db.prepare_cached("select id, title, done from todos order by id")?;
            let todos =
                all.query_map([], |row| Ok(Todo { id: row.get(0)?, title: row.get(1)?, done: row.get(2)? }))?;
            todos.collect()
        })
        .await
    }
}

async fn home(State(app): State<App>) -> Result<Html<String>, Failure> {
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                title { "Todos" }
                link rel="stylesheet" href="/static/todos.css";
                script type="module" src="/static/datastar.js" {}
            }
            body data-init="@get('/live')" {
                main {
                    h1 { "Todos" }
                    form data-on:submit="@post('/todos')" {
                        input aria-label="What is there to do?" placeholder="What is there to do?" data-bind:title;
                        button { "Add" }
                    }
                    (problem(""))
                    (list(&app.todos().await?))
                }
            }
        }
    };
    Ok(Html(page.into_string()))
}

async fn create(State(app): State<App>, ReadSignals(draft): ReadSignals<Draft>) -> Result<Response, Failure> {
    let title = draft.title.trim().to_owned();
    if title.is_empty() {
        return Ok(one(
            PatchElements::new(problem("Say what there is to do").into_string()).write_as_axum_sse_event()
        ));
    }
    app.with(move |db| db.prepare_cached("insert into todos (title) values (?)")?.execute([title])).await?;
    // Nobody may be listening.
    let _ = app.changed.send(());
    Ok(one(PatchSignals::new("{\"title\": \"\"}").write_as_axum_sse_event()))
}

async fn toggle(State(app): State<App>, Path(id): Path<i64>) -> Result<StatusCode, Failure> {
    let flipped = app
        .with(move |db| db.prepare_cached("update todos set done = not done where id = ?")?.execute([id]))
        .await?;
    if flipped == 0 {
        return Ok(StatusCode::NOT_FOUND);
    }
    let _ = app.changed.send(());
    Ok(StatusCode::NO_CONTENT)
}

async fn live(State(app): State<App>) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let changed = app.changed.subscribe();
    Sse::new(stream::unfold((app, changed, true), |(app, mut changed, first)| async move {
        if !first && let Err(RecvError::Closed) = changed.recv().await {
            return None;
        }
        let todos = app.todos().await.ok()?;
        let event = PatchElements::new(list(&todos).into_string()).write_as_axum_sse_event();
        Some((Ok(event), (app, changed, false)))
    }))
}

/// An answer of one event.
fn one(event: Event) -> Response {
    Sse::new(stream::iter([Ok::<_, Infallible>(event)])).into_response()
}

fn problem(text: &str) -> Markup {
    html! { p id="problem" role="alert" { (text) } }
}

fn list(todos: &[Todo]) -> Markup {
    html! {
        section id="todos" {
            p role="status" { (todos.iter().filter(|todo| !todo.done).count()) " remaining" }
            ul {
                @for todo in todos {
                    li id={"todo-" (todo.id)} {
                        button aria-pressed=(todo.done) data-on:click={"@post('/todos/" (todo.id) "/toggle')"} { (todo.title) }
                    }
                }
            }
        }
    }
}

async fn script(State(app): State<App>) -> impl IntoResponse {
    ([(header::CONTENT_TYPE, "text/javascript")], app.script.to_string())
}

async fn style() -> impl IntoResponse {
    ([(header::CONTENT_TYPE, "text/css")], include_str!("../../../examples/todos/static/todos.css"))
}

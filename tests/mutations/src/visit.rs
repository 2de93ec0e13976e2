//! Visits an application as two people, of whom one clicks on everything and the other looks: pages, then each action that they offer, and what is seen after.
//!
//! Knows no example: addresses are read off the pages, values are made up. What differs between two runs of one program is taken
//! out of the answers, and so is the mark of a renaming: an address may be another as long as whoever leads there says so too.

use std::collections::{BTreeSet, VecDeque};
use std::error::Error;
use std::path::Path;

use orion_tests::{App, Client};
use serde_json::{Map, Value, json};

use crate::site::MARK;

/// The cookie that says who is looking.
const COOKIE: &str = "orion_viewer";
/// Far more than the examples have: a guard against a program that makes up new addresses for ever.
const MOST: usize = 200;

/// Signs the cookies, so that one program's are another's.
const SECRET: &str = "a secret of no worth that every renamed program has in common";

/// The cookies of two people.
pub(crate) async fn people(program: &Path) -> [String; 2] {
    let app = start(program).await;
    let mut cookies = [const { String::new() }; 2];
    for cookie in &mut cookies {
        let client = app.client();
        client.get("/").send().await;
        *cookie = format!("{COOKIE}={}", client.cookie(COOKIE).expect("whoever comes is given a cookie"));
    }
    cookies
}

async fn start(program: &Path) -> App {
    App::of(program).env("ORION_SECRET", SECRET).start().await
}

/// Every answer, in the order of the visit; fails if a route was never taken.
pub(crate) async fn visit(program: &Path, people: &[String; 2]) -> Result<Vec<String>, Box<dyn Error>> {
    let app = start(program).await;
    let [looks, acts] = people.clone();
    let mut visit = Visit { client: app.client(), looks, acts, answers: Vec::new(), taken: BTreeSet::new() };
    let mut pages = VecDeque::from(["/".to_owned()]);
    while let Some(page) = pages.pop_front() {
        if !visit.taken.insert(format!("GET {page}")) {
            continue;
        }
        // What an action shows may offer another.
        while let Some((method, path)) = visit.offered(&page, &mut pages).await {
            if visit.answers.len() > MOST {
                return Err(format!("{MOST} answers and no end").into());
            }
            visit.act(&method, &path, &page).await;
        }
    }
    let taken = visit.taken;
    let answers = visit.answers;
    let routes = App::of(program).arg("routes").run().await.stdout;
    for route in String::from_utf8(routes)?.lines() {
        let mut words = route.split_whitespace();
        let (method, path) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
        if !taken.iter().any(|taken| is(taken, method, path)) {
            return Err(format!("the visit never came to {method} {path}").into());
        }
    }
    Ok(answers)
}

struct Visit {
    client: Client,
    /// The cookies. One looks at what the other does: some things are shown to others only.
    looks: String,
    acts: String,
    answers: Vec<String>,
    /// What was asked, as `METHOD path`.
    taken: BTreeSet<String>,
}

impl Visit {
    /// Looks at a page; says an action that it offers and that was not taken yet, and adds the pages that it leads to.
    async fn offered(&mut self, page: &str, pages: &mut VecDeque<String>) -> Option<(String, String)> {
        let answer = self.client.get(page).header("cookie", &self.looks).send().await;
        let html = answer.text().replace("&#39;", "'").replace("&amp;", "&").replace("&quot;", "\"");
        self.note(&format!("GET {page} {}", answer.status), &html);
        pages.extend(quoted(&html, "href=\"", '"').filter(|path| path.starts_with('/') && !is_file(path)));
        let mut actions = actions(&html);
        // In the order of their addresses without the mark, so that a renaming does not change the order.
        actions.sort_by_key(|(method, path)| (path.replace(MARK, ""), method.clone()));
        actions.into_iter().find(|(method, path)| !self.taken.contains(&format!("{method} {path}")))
    }

    async fn act(&mut self, method: &str, path: &str, page: &str) {
        self.taken.insert(format!("{method} {path}"));
        let html =
            self.client.get(page).header("cookie", &self.acts).send().await.text().replace("&#39;", "'");
        let request = self.client.request(method.parse().expect("a method"), path);
        let answer = request.header("cookie", &self.acts).signals(&signals(&html)).send().await;
        self.note(&format!("{method} {path} {}", answer.status), &answer.text());
    }

    fn note(&mut self, what: &str, body: &str) {
        let body = without(body, "/_orion/live?page=", '\'');
        self.answers.push(format!("{what}\n{body}").replace(MARK, ""));
    }
}

/// Whether what was taken is the route's: parameters stand for anything.
fn is(taken: &str, method: &str, pattern: &str) -> bool {
    let Some((asked, path)) = taken.split_once(' ') else { return false };
    let (path, pattern): (Vec<_>, Vec<_>) = (path.split('/').collect(), pattern.split('/').collect());
    asked == method
        && path.len() == pattern.len()
        && path.iter().zip(&pattern).all(|(segment, wanted)| wanted.starts_with('{') || segment == wanted)
}

fn is_file(path: &str) -> bool {
    path.starts_with("/static/") || path.starts_with("/_orion/")
}

/// What stands between `before` and `end`, wherever it does.
fn quoted<'a>(text: &'a str, before: &'a str, end: char) -> impl Iterator<Item = String> + 'a {
    text.split(before).skip(1).filter_map(move |rest| Some(rest.split_once(end)?.0.to_owned()))
}

/// The calls of commands: `@post('/todos')`.
fn actions(html: &str) -> Vec<(String, String)> {
    let methods = ["get", "post", "put", "patch", "delete"];
    let all = methods.iter().flat_map(|method| {
        let paths: Vec<String> = quoted(html, &format!("@{method}('"), '\'').collect();
        paths.into_iter().map(move |path| (method.to_uppercase(), path))
    });
    all.filter(|(_, path)| !is_file(path)).collect()
}

/// A value for each signal that the page names: text for what is typed, a number for what its expressions compare.
fn signals(html: &str) -> Value {
    let mut signals = Value::Object(Map::new());
    for rest in html.split('$').skip(1) {
        let name: String = rest
            .chars()
            .take_while(|letter| letter.is_ascii_alphanumeric() || "._".contains(*letter))
            .collect();
        set(&mut signals, name.trim_matches('.'), json!(1));
    }
    for name in quoted(html, "data-bind=\"", '"').chain(keys(html)) {
        set(&mut signals, &name, json!("Something"));
    }
    signals
}

/// The names in `data-bind:name`.
fn keys(html: &str) -> impl Iterator<Item = String> + '_ {
    let until =
        |rest: &str| rest.split(|end: char| " =>".contains(end)).next().unwrap_or_default().to_owned();
    html.split("data-bind:").skip(1).map(until)
}

fn set(signals: &mut Value, name: &str, value: Value) {
    let (first, rest) = name.split_once('.').map_or((name, None), |(first, rest)| (first, Some(rest)));
    let Some(signals) = signals.as_object_mut().filter(|_| !first.is_empty()) else { return };
    match rest {
        Some(rest) => {
            let inner = signals.entry(first).or_insert_with(|| json!({}));
            if !inner.is_object() {
                *inner = json!({});
            }
            set(inner, rest, value);
        }
        None if signals.get(first).is_some_and(Value::is_object) => {}
        None => drop(signals.insert(first.to_owned(), value)),
    }
}

/// The text without what stands between each `before` and `end`.
fn without(text: &str, before: &str, end: char) -> String {
    let mut parts = text.split(before);
    let mut kept = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        kept.push_str(before);
        kept.push_str(part.find(end).map_or("", |at| &part[at..]));
    }
    kept
}

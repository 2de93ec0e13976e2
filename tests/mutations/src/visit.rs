//! Visits an application as two people, of whom one clicks on everything and the other looks: pages, then each action that they offer, and what is seen after.
//!
//! Knows no example: addresses are read off the pages, values are made up. What differs between two runs of one program is taken
//! out of the answers, and so are the marks of renamings: an address may be another as long as *whoever* leads there says so too.
//! An address or a signal that is written in two ways in one program is told, because the original writes it in one.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::error::Error;
use std::path::Path;

use orion_tests::{App, Client};
use serde_json::{Map, Value, json};

use crate::site::unmarked;

/// The cookie that says who is looking.
const COOKIE: &str = "orion_viewer";
/// The method of what a plain form sends.
const FORM: &str = "FORM";
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

/// What was seen of a program.
pub(crate) struct Seen {
    /// Every answer without marks, in the order of the visit.
    pub(crate) answers: Vec<String>,
    /// In how many answers the name of a renaming stood, by its number.
    pub(crate) marks: BTreeMap<usize, usize>,
}

/// Visits all of a program; fails if a route was never taken.
pub(crate) async fn visit(program: &Path, people: &[String; 2]) -> Result<Seen, Box<dyn Error>> {
    let app = start(program).await;
    let [looks, acts] = people.clone();
    let seen = Seen { answers: Vec::new(), marks: BTreeMap::new() };
    let mut visit =
        Visit { client: app.client(), looks, acts, seen, taken: BTreeSet::new(), spelled: BTreeMap::new() };
    let mut pages = VecDeque::from(["/".to_owned()]);
    while let Some(page) = pages.pop_front() {
        if !visit.taken.insert(format!("GET {page}")) {
            continue;
        }
        // What an action shows may offer another.
        while let Some((method, path)) = visit.offered(&page, &mut pages).await {
            if visit.seen.answers.len() > MOST {
                return Err(format!("{MOST} answers and no end").into());
            }
            // Empty first, so that what refuses it is seen.
            for typed in ["", "Something"] {
                visit.act(&method, &path, &page, typed).await;
            }
        }
    }
    for (name, ways) in visit.spelled.iter().filter(|(_, ways)| ways.len() > 1) {
        visit.seen.answers.push(format!("`{name}` is written in {} ways", ways.len()));
    }
    let routes = App::of(program).arg("routes").run().await.stdout;
    for route in String::from_utf8(routes)?.lines() {
        let mut words = route.split_whitespace();
        let (method, path) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
        if !visit.taken.iter().any(|taken| is(taken, method, path)) {
            return Err(format!("the visit never came to {method} {path}").into());
        }
    }
    Ok(visit.seen)
}

struct Visit {
    client: Client,
    /// The cookies. One looks at what the other does: some things are shown to others only.
    looks: String,
    acts: String,
    seen: Seen,
    /// What was asked, as `METHOD path`; what a plain form sends is a `FORM`.
    taken: BTreeSet<String>,
    /// Each address and each signal without marks, with all the ways in which it was written.
    spelled: BTreeMap<String, BTreeSet<String>>,
}

impl Visit {
    /// Looks at a page; says an action that it offers and that was not taken yet, and adds the pages that it leads to.
    async fn offered(&mut self, page: &str, pages: &mut VecDeque<String>) -> Option<(String, String)> {
        let answer = self.client.get(page).header("cookie", &self.looks).send().await;
        let html = answer.text().replace("&#39;", "'").replace("&amp;", "&").replace("&quot;", "\"");
        self.note(&format!("GET {page} {}", answer.status), &html);
        self.spell(names(&html).map(|name| format!("${name}")));
        pages.extend(quoted(&html, "href=\"", '"').filter(|path| path.starts_with('/') && !is_file(path)));
        let mut actions = actions(&html);
        let named = actions.iter().map(|(method, path)| format!("{method} {path}"));
        self.spell(named);
        // In the order of their addresses without the mark, so that a renaming does not change the order.
        actions.sort_by_key(|(method, path)| (unmarked(path).0, method.clone()));
        actions.into_iter().find(|(method, path)| !self.taken.contains(&format!("{method} {path}")))
    }

    async fn act(&mut self, method: &str, path: &str, page: &str, typed: &str) {
        self.taken.insert(format!("{method} {path}"));
        let html =
            self.client.get(page).header("cookie", &self.acts).send().await.text().replace("&#39;", "'");
        let request = match method {
            FORM => {
                let fields: Vec<_> = quoted(&html, " name=\"", '"').collect();
                let fields: Vec<_> = fields.iter().map(|name| (name.as_str(), typed)).collect();
                self.client.post(path).form(&fields)
            }
            _ => self.client.request(method.parse().expect("a method"), path).signals(&signals(&html, typed)),
        };
        let answer = request.header("cookie", &self.acts).send().await;
        let what = format!("{method} {path} {} {}", answer.status, answer.header("location"));
        let text = answer.text();
        self.note(&what, &text);
        self.spell(answered(&text).into_iter().map(|name| format!("${name}")));
    }

    fn spell(&mut self, names: impl Iterator<Item = String>) {
        for name in names {
            self.spelled.entry(unmarked(&name).0).or_default().insert(name);
        }
    }

    fn note(&mut self, what: &str, body: &str) {
        let body = without(&without(body, "/_orion/live?page=", '\''), "nonce=\"", '"');
        let (answer, marks) = unmarked(&format!("{what}\n{body}"));
        self.seen.answers.push(answer);
        for number in marks {
            *self.seen.marks.entry(number).or_default() += 1;
        }
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

/// The calls of commands, `@post('/todos')`, and what plain forms send.
fn actions(html: &str) -> Vec<(String, String)> {
    let methods = ["get", "post", "put", "patch", "delete"];
    let all = methods.iter().flat_map(|method| {
        let paths: Vec<String> = quoted(html, &format!("@{method}('"), '\'').collect();
        paths.into_iter().map(move |path| (method.to_uppercase(), path))
    });
    let forms = quoted(html, " action=\"", '"').map(|path| (FORM.to_owned(), path));
    all.chain(forms).filter(|(_, path)| !is_file(path)).collect()
}

/// A value for each signal that the page names: text for what is typed, a number for what its expressions compare.
fn signals(html: &str, typed: &str) -> Value {
    let mut signals = Value::Object(Map::new());
    for name in read(html) {
        set(&mut signals, &name, json!(1));
    }
    for name in bound(html) {
        set(&mut signals, &name, json!(typed));
    }
    signals
}

/// The signals that the page names.
fn names(html: &str) -> impl Iterator<Item = String> + '_ {
    read(html).chain(bound(html)).chain(declared(html))
}

/// The signals in expressions: `$edit.title`.
fn read(html: &str) -> impl Iterator<Item = String> + '_ {
    let is_of_name = |letter: &char| letter.is_ascii_alphanumeric() || "._".contains(*letter);
    html.split('$').skip(1).filter_map(move |rest| {
        let name: String = rest.chars().take_while(is_of_name).collect();
        let name = name.trim_matches('.');
        (!name.is_empty()).then(|| name.to_owned())
    })
}

/// The signals that have a first value: `data-signals="{drag: 0}"`.
fn declared(html: &str) -> impl Iterator<Item = String> + '_ {
    let name = |text: &str| text.trim_matches(['{', ' ']).to_owned();
    quoted(html, "data-signals=\"{", '}').flat_map(move |object| {
        let first = object.split(',').filter_map(|member| member.split_once(':'));
        first.map(|(before, _)| name(before)).collect::<Vec<_>>()
    })
}

/// The signals that an answer sets.
fn answered(events: &str) -> Vec<String> {
    let mut names = Vec::new();
    for json in events.lines().filter_map(|line| line.strip_prefix("data: signals ")) {
        paths("", &serde_json::from_str(json).unwrap_or_default(), &mut names);
    }
    names
}

fn paths(before: &str, value: &Value, names: &mut Vec<String>) {
    match value {
        Value::Object(members) => members.iter().for_each(|(name, value)| {
            let path = if before.is_empty() { name.clone() } else { format!("{before}.{name}") };
            paths(&path, value, names);
        }),
        _ => names.push(before.to_owned()),
    }
}

/// The signals of fields.
fn bound(html: &str) -> impl Iterator<Item = String> + '_ {
    quoted(html, "data-bind=\"", '"').chain(keys(html))
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

//! Somebody who does whatever can be done to what they see.

use crate::dice::Dice;
use crate::viewer::Screen;
use http::Method;
use orion_tests::Client;
use serde_json::{Value as Json, json};
use std::collections::BTreeMap;
use std::fmt;
use std::time::Instant;

/// What titles are made of.
const WORDS: [&str; 12] = [
    "milk",
    "<b>",
    "</div>",
    "\"quotes'",
    "&amp;",
    "\r",
    "\n\ndata: elements",
    "\u{2028}",
    "größer",
    "\u{1f600}",
    "');alert(1)//",
    "plain words",
];

/// Beyond this many cards on a board more are removed than added.
const MANY: usize = 30;

/// What was answered: how often with which status.
#[derive(Debug, Default)]
pub(crate) struct Written(BTreeMap<u16, u64>);

impl std::ops::AddAssign for Written {
    fn add_assign(&mut self, other: Self) {
        for (status, count) in other.0 {
            *self.0.entry(status).or_default() += count;
        }
    }
}

impl fmt::Display for Written {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let all: u64 = self.0.values().sum();
        let seconds = crate::ROUNDS * crate::ROUND.as_secs();
        write!(f, "{all} commands, {} a second; by status {:?}", all / seconds, self.0)
    }
}

/// Acts until the time is over.
pub(crate) async fn write((client, screen): (Client, Screen), seed: u64, until: Instant) -> Written {
    let (mut dice, mut written) = (Dice(seed), Written::default());
    while Instant::now() < until {
        let (method, path, signals) = Sight::of(&screen).act(&mut dice);
        let act = client.request(method, &path).signals(&signals);
        let what = format!("{act} with {signals}");
        // The server ends the connection: the ports that wait for stragglers are its own, of which it needs but one.
        let answer = act.header("connection", "close").send().await;
        // 404: somebody else removed the card first.
        let fine = matches!(answer.status, 200 | 204 | 404 | 503);
        assert!(fine, "{what}: {} {}", answer.status, answer.text());
        *written.0.entry(answer.status).or_default() += 1;
    }
    written
}

/// The board that a screen shows.
struct Sight {
    board: String,
    columns: Vec<i64>,
    cards: Vec<i64>,
}

impl Sight {
    fn of(screen: &Screen) -> Self {
        let screen = screen.borrow();
        let mut lanes =
            screen.iter().filter_map(|(id, html)| Some((id.strip_prefix("boards-lanes-")?, html)));
        let (board, html) = lanes.next().expect("those who write have a board open");
        Self { board: board.to_owned(), columns: ids(html, "column"), cards: ids(html, "card") }
    }

    fn act(&self, dice: &mut Dice) -> (Method, String, Json) {
        let column = dice.one_of(&self.columns).expect("a board has columns");
        let Some(card) = dice.one_of(&self.cards) else { return add(column, dice) };
        let none = json!({});
        match dice.roll(100) {
            0..2 => (Method::PUT, "/me".to_owned(), json!({ "nickname": title(dice) })),
            2..5 => (Method::POST, format!("/boards/{}/seen", self.board), none),
            5..25 => (Method::PATCH, format!("/cards/{card}"), json!({ "edit": title(dice) })),
            25..40 => (Method::POST, format!("/cards/{card}/to/{column}"), none),
            40..50 => {
                (Method::POST, format!("/cards/{card}/before"), json!({ "drag": dice.one_of(&self.cards) }))
            }
            50..55 => (Method::POST, format!("/columns/{column}/end"), json!({ "drag": card })),
            55..70 => (Method::DELETE, format!("/cards/{card}"), none),
            70.. if self.cards.len() > MANY => (Method::DELETE, format!("/cards/{card}"), none),
            _ => add(column, dice),
        }
    }
}

fn add(column: i64, dice: &mut Dice) -> (Method, String, Json) {
    let draft = format!("c{column}");
    (Method::POST, format!("/columns/{column}/cards"), json!({ "add": { draft: title(dice) } }))
}

fn title(dice: &mut Dice) -> String {
    let words = 1 + dice.roll(6);
    (0..words).map(|_| WORDS[dice.roll(WORDS.len())]).collect::<Vec<_>>().join(" ")
}

/// The numbers of the elements with ids such as `card-7`.
fn ids(html: &str, kind: &str) -> Vec<i64> {
    let begins = format!(" id=\"{kind}-");
    let ids = html.split(&begins).skip(1).filter_map(|rest| rest.split('"').next());
    ids.filter_map(|id| id.parse().ok()).collect()
}

//! Many boards of cards, for what a change of one of them costs when thousands are looked at.

use std::path::Path;

use orion::prelude::*;
use orion::store::sqlite::{Options, Sqlite};

use crate::Outcome;

#[orion::slice(name = "boards", keyed(cards.board_id))]
pub(crate) mod slice {
    use super::*;

    #[migration]
    const CREATE: &str = "create table cards (
        id integer primary key, board_id integer not null, title text not null, done integer not null default 0) strict;
        create index cards_board on cards (board_id)";

    #[derive(Row)]
    struct Card {
        id: i64,
        title: String,
        done: bool,
    }

    #[query("select id, title, done from cards where board_id = :board order by id")]
    fn of(db: &Db, board: i64) -> Result<Vec<Card>>;

    #[query("update cards set done = not done where board_id = :board")]
    fn flip(tx: &Tx, board: i64) -> Result<Changes>;

    #[command(post "/boards/{board}/toggle")]
    fn toggle(tx: &Tx, board: i64) -> Result<Reply> {
        flip(tx, board)?.some_or(NotFound)?;
        Ok(Reply::done())
    }

    #[region]
    fn cards(db: &Db, board: i64) -> Result<Markup> {
        let cards = of(db, board)?;
        Ok(crate::todos::items(cards.iter().map(|card| (card.id, &*card.title, card.done))))
    }

    #[page("/boards/{board}")]
    fn board(board: i64) -> Markup {
        html! { h1 { "Board " (board) } (cards::region(board)) }
    }
}

pub(crate) use slice::SLICE;

/// Makes a database with so many boards of ten cards.
pub(crate) fn fill(path: &Path, boards: u64) -> Outcome<()> {
    let store = Sqlite::open(path, &Options::default())?;
    store.migrate(&[&SLICE])?;
    store.close();
    let raw = rusqlite::Connection::open(path)?;
    raw.execute(
        "insert into cards (board_id, title)
         with recursive numbers (n) as (select 0 union all select n + 1 from numbers where n + 1 < 10 * ?)
         select n / 10 + 1, 'Water the plant that has the number ' || n from numbers",
        [i64::try_from(boards)?],
    )?;
    Ok(())
}

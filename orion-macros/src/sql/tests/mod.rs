//! The checker against real statements. `board` is the schema that most of them speak of.

mod access;
mod columns;
mod errors;
mod expressions;
mod hostile;
mod keys;
mod lacking;
mod lists;
mod marks;
mod migrations;
mod named;
mod parameters;
mod references;
mod rendering;
mod soundness;
mod speed;
mod tokens;

use super::*;

/// Boards with cards: a cascade that fires a trigger, views, a full-text index, a strict and a loose table.
const BOARD: &str = "
    create table boards (id integer primary key, name text not null, note text) strict;
    create table cards (
        id integer primary key,
        board_id integer not null references boards (id) on delete cascade,
        parent_id integer references cards (id) on delete set null,
        title text not null,
        body text,
        weight real not null default 1.0,
        done integer not null default 0
    ) strict;
    create index cards_by_board on cards (board_id);
    create table activity (at integer not null, what any not null, who);
    create table tags (name text primary key, color varchar(7), size numeric) without rowid;
    create view open_cards as
        select c.id, c.title, b.name as board, b.note from cards c left join boards b on b.id = c.board_id
        where not c.done;
    create view everything (key, label) as select id, name from boards union all select id, body from cards;
    create trigger card_deleted after delete on cards begin
        insert into activity (at, what) values (unixepoch(), case when old.done then 'done' else 'open' end);
    end;
    create virtual table search using fts5 (title, body, content = 'cards', content_rowid = 'id');
";

fn board() -> Schema {
    schema(BOARD)
}

fn schema(migration: &str) -> Schema {
    let mut schema = Schema::new();
    if let Err(error) = schema.apply(migration) {
        panic!("{}", error.render(migration));
    }
    schema
}

/// What a statement on the board is found to be.
fn check(sql: &str) -> Checked {
    board().check(sql).unwrap_or_else(|error| panic!("{}", error.render(sql)))
}

/// The rendered error of a statement on the board.
fn refusal(sql: &str) -> String {
    match board().check(sql) {
        Ok(checked) => panic!("{sql} was accepted: {checked:?}"),
        Err(error) => error.render(sql),
    }
}

/// The rendered error of a migration on top of the board.
fn refused_migration(sql: &str) -> String {
    board().apply(sql).expect_err(sql).render(sql)
}

//! Made-up writes through a real store, against reading everything again: what gives another result than before was announced.

#![allow(
    deprecated,
    clippy::semicolon_if_nothing_returned,
    reason = "a table that is not strict is a warning, and wanted"
)]

use std::sync::mpsc::{Receiver, channel};

use orion::prelude::*;
use orion::store::sqlite::{Options, Sqlite, Synchronous};
use orion::store::{self, Store as _};
use orion::{Key, Topics};
use proptest::prelude::*;

#[orion::slice(keyed(boards.id, cards.board, marks.who, loose.k))]
pub mod boards {
    use super::*;

    #[migration]
    const CREATE: &str = "
        create table boards (id integer primary key, name text not null unique) strict;
        create table cards (
            id integer primary key,
            board integer references boards on delete cascade on update cascade,
            parent integer references cards on delete cascade,
            title text not null unique) strict;
        create table marks (
            who text not null, card integer not null references cards on delete cascade, primary key (who, card)
        ) strict, without rowid;
        create table log (what text) strict;
        create table loose (k integer, v);
        create view named as select boards.name, cards.title, cards.board from cards join boards on boards.id = cards.board;
        create trigger added after insert on boards when new.id % 2 begin
            insert or ignore into cards (board, title) values (new.id, new.name);
        end;
        create trigger removed after delete on cards begin
            insert into log values (old.title);
            update cards set title = title || '+' where parent is null and board = old.board + 1;
        end;
        insert into boards values (1, 'one'), (2, 'two'), (3, 'three'), (4, 'four');";

    #[query("select name from boards where id = :board")]
    pub fn name(db: &Db, board: i64) -> Result<Vec<String>>;
    #[query("select title from cards where board = :board order by id")]
    pub fn titles(db: &Db, board: i64) -> Result<Vec<String>>;
    #[query("select count(*) from cards where board = :board and parent is not null")]
    pub fn children(db: &Db, board: i64) -> Result<Vec<i64>>;
    #[query(
        "select boards.name || cards.title from boards left join cards on cards.board = :board and cards.parent is null
         where boards.id = :board order by cards.id"
    )]
    pub fn roots(db: &Db, board: i64) -> Result<Vec<Option<String>>>;
    #[query(
        "select a.title || b.title from cards a join cards b on b.parent = a.id
         where a.board = :board and b.board = :other order by a.id, b.id"
    )]
    pub fn pairs(db: &Db, board: i64, other: i64) -> Result<Vec<String>>;
    #[query("select title from cards where board in (:board, 3) order by id")]
    pub fn some(db: &Db, board: i64) -> Result<Vec<String>>;
    #[query(
        "select title from cards where board = :board and id in (select card from marks where who = :who) order by id"
    )]
    pub fn marked(db: &Db, board: i64, who: &str) -> Result<Vec<String>>;
    #[query("select name || title from named where board = :board order by 1")]
    pub fn seen(db: &Db, board: i64) -> Result<Vec<String>>;
    #[query("select what from log order by rowid")]
    pub fn log(db: &Db) -> Result<Vec<Option<String>>>;
    #[query("select typeof(k) || k from loose where k = :k order by 1")]
    pub fn loose(db: &Db, k: f64) -> Result<Vec<Option<String>>>;

    #[query("insert or ignore into boards (id, name) values (:board, :name)")]
    pub fn add_board(tx: &Tx, board: i64, name: &str) -> Result<()>;
    #[query("update or ignore boards set id = :to where id = :board")]
    pub fn renumber(tx: &Tx, board: i64, to: i64) -> Result<()>;
    #[query("insert or replace into boards (id, name) values (:board, :name)")]
    pub fn replace_board(tx: &Tx, board: i64, name: &str) -> Result<()>;
    #[query("delete from boards where id = :board")]
    pub fn drop_board(tx: &Tx, board: i64) -> Result<()>;
    #[query(
        "insert into cards (board, parent, title) select :board, (select max(id) from cards where id % 5 = :parent), :title
         where exists (select 1 from boards where id = :board)
         on conflict (title) do update set board = excluded.board"
    )]
    pub fn add(tx: &Tx, board: i64, parent: i64, title: &str) -> Result<()>;
    #[query(
        "update cards set board = (select id from boards where id = :to) where board = :board and id % 2"
    )]
    pub fn move_half(tx: &Tx, board: i64, to: i64) -> Result<Changes>;
    #[query("update or replace cards set title = :title where id % 7 = :card returning id")]
    pub fn rename(tx: &Tx, card: i64, title: &str) -> Result<Vec<i64>>;
    #[query("update or fail cards set title = title || :more where board >= :board")]
    pub fn lengthen(tx: &Tx, board: i64, more: &str) -> Result<()>;
    #[query("delete from cards where id % 7 = :card")]
    pub fn remove(tx: &Tx, card: i64) -> Result<()>;
    #[query("delete from cards")]
    pub fn clear(tx: &Tx) -> Result<()>;
    #[query("insert or ignore into marks select :who, id from cards where board = :board")]
    pub fn mark(tx: &Tx, who: &str, board: i64) -> Result<()>;
    #[query("update or ignore marks set who = :to where who = :who")]
    pub fn remark(tx: &Tx, who: &str, to: &str) -> Result<()>;
    #[query("insert into loose values (trim(:k), 1)")]
    pub fn loosen(tx: &Tx, k: Option<&str>) -> Result<()>;
    #[query("update loose set k = k + 1.0 where k = :k")]
    pub fn add_one(tx: &Tx, k: i64) -> Result<()>;
}

const NAMES: [&str; 3] = ["ada", "bob", "eve"];

/// One statement of a write: which, and two small numbers for it.
type Step = (u8, u8, u8);

fn step(tx: &Tx, (which, one, two): Step) -> Result<()> {
    let (board, to) = (i64::from(one % 5), i64::from(two % 5));
    let (name, other) = (NAMES[usize::from(one % 3)], NAMES[usize::from(two % 3)]);
    let title = format!("t{}", one % 8);
    match which % 16 {
        0 => boards::add_board(tx, board, name),
        1 => boards::renumber(tx, board, to),
        2 => boards::replace_board(tx, board, name),
        3 => boards::drop_board(tx, board),
        4..6 => boards::add(tx, board, to, &title),
        6 => boards::move_half(tx, board, to).map(|_| ()),
        7 => boards::rename(tx, to, &title).map(|_| ()),
        // It may keep some rows and fail on one; the write goes on.
        8 => {
            let _ = boards::lengthen(tx, board, if two % 2 == 0 { "" } else { "." });
            Ok(())
        }
        9 => boards::remove(tx, to),
        10 => boards::clear(tx),
        11 => boards::mark(tx, name, board),
        12 => boards::remark(tx, name, other),
        13 => {
            boards::loosen(tx, [None, Some("1"), Some("2.0"), Some("2.5"), Some("x")][usize::from(one % 5)])
        }
        14 => boards::add_one(tx, board),
        _ => boards::add(tx, to, board, &format!("t{two}")),
    }
}

/// What a query gave, and what it read for it.
struct Seen {
    what: String,
    result: String,
    reads: Topics,
}

/// Every query with every parameter.
fn look(db: &Db) -> Result<Vec<Seen>> {
    fn one<T: std::fmt::Debug>(db: &Db, what: String, rows: Result<Vec<T>>) -> Result<Seen> {
        Ok(Seen { what, result: format!("{:?}", rows?), reads: db.take_reads() })
    }
    db.take_reads();
    let mut seen = vec![one(db, "log".to_owned(), boards::log(db))?];
    for board in 0..5 {
        seen.push(one(db, format!("name of {board}"), boards::name(db, board))?);
        seen.push(one(db, format!("titles of {board}"), boards::titles(db, board))?);
        seen.push(one(db, format!("children of {board}"), boards::children(db, board))?);
        seen.push(one(db, format!("roots of {board}"), boards::roots(db, board))?);
        seen.push(one(db, format!("some of {board}"), boards::some(db, board))?);
        seen.push(one(db, format!("seen of {board}"), boards::seen(db, board))?);
        for other in 0..5 {
            seen.push(one(db, format!("pairs of {board} and {other}"), boards::pairs(db, board, other))?);
        }
        for who in NAMES {
            seen.push(one(db, format!("marked on {board} by {who}"), boards::marked(db, board, who))?);
        }
    }
    for k in [0.0, 1.0, 2.0, 2.5, 3.5, 4.0] {
        seen.push(one(db, format!("loose {k}"), boards::loose(db, k))?);
    }
    Ok(seen)
}

/// Whether one of the changes concerns what was read: by the names alone, without the library's own judgement.
fn hears(reads: &Topics, changed: &Topics) -> bool {
    let part_of = |part: &str, whole: &str| part == whole || part.starts_with(&format!("{whole}::="));
    changed.iter().any(|changed| {
        reads
            .iter()
            .any(|read| part_of(changed.as_str(), read.as_str()) || part_of(read.as_str(), changed.as_str()))
    })
}

/// A store in a folder of its own, with what its commits announce.
struct Place {
    runtime: tokio::runtime::Runtime,
    // The store goes before its folder.
    store: Sqlite,
    commits: Receiver<Topics>,
    _folder: tempfile::TempDir,
}

impl Place {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let options = Options::default().synchronous(Synchronous::Normal).readers(1);
        let store = Sqlite::open(folder.path().join("app.db"), &options).unwrap();
        store.migrate(&[&boards::SLICE]).unwrap();
        let (say, commits) = channel();
        store.on_commit(std::sync::Arc::new(move |topics: &Topics| say.send(topics.clone()).unwrap()));
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        Self { runtime, store, commits, _folder: folder }
    }

    fn look(&self) -> Vec<Seen> {
        self.runtime.block_on(store::read(&self.store, look)).unwrap()
    }

    /// What a write announces; nothing where it is undone.
    fn write(&self, f: impl FnOnce(&Tx) -> Result<()> + Send + 'static) -> Topics {
        // A write that fails is one that is undone.
        let _ = self.runtime.block_on(store::write(&self.store, f));
        self.commits.try_iter().flatten().collect()
    }
}

fn config(cases: u32) -> ProptestConfig {
    ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(cases) }
}

proptest! {
    #![proptest_config(config(48))]

    #[test]
    fn whatever_gives_another_result_was_announced(
        writes in prop::collection::vec((prop::collection::vec(any::<Step>(), 1..4), 0..8_u8), 1..12)
    ) {
        let place = Place::new();
        let mut before = place.look();
        for (steps, fate) in writes {
            let ran = steps.clone();
            let changed = place.write(move |tx| {
                ran.into_iter().try_for_each(|one| step(tx, one))?;
                if fate == 0 { Err(NotFound.into()) } else { Ok(()) }
            });
            let after = place.look();
            for (old, new) in before.iter().zip(&after) {
                prop_assert!(
                    old.result == new.result || hears(&old.reads, &changed),
                    "{} was {} and is {}; it read {:?}, and {steps:?} announced {changed:?}",
                    old.what, old.result, new.result, old.reads
                );
            }
            before = after;
        }
    }

    #[test]
    fn of_plain_writes_no_other_key_is_announced(steps in prop::collection::vec((0..4_u8, 1..5_i64, 1..5_i64), 1..20)) {
        let place = Place::new();
        for (at, (which, board, to)) in steps.into_iter().enumerate() {
            let title = format!("card {at}");
            let changed = place.write(move |tx| match which {
                0 | 1 => boards::add(tx, board, 9, &title),
                2 => boards::mark(tx, "ada", board),
                _ => boards::move_half(tx, board, to).map(|_| ()),
            });
            let (board, to) = (Key::integer(board), Key::integer(to));
            let expected: Vec<String> = match which {
                0 | 1 => vec![format!("cards::={board}")],
                2 => vec![format!("marks::={}", Key::text(b"ada"))],
                _ => vec![format!("cards::={board}"), format!("cards::={to}")],
            };
            for topic in &changed {
                prop_assert!(expected.iter().any(|one| one == topic.as_str()), "{topic} is not of {expected:?}");
            }
        }
    }
}

#[test]
fn most_queries_read_by_key() {
    let seen = Place::new().look();
    let by_key = seen.iter().filter(|seen| seen.reads.iter().all(|topic| topic.as_str().contains("::=")));
    assert!(by_key.count() * 4 > seen.len() * 3, "a property of whole tables alone would prove little");
}

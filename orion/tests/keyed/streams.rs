//! Tables that are watched by a key, on streams that are open: whoever looks at something else is left alone.

use std::collections::BTreeMap;
use std::sync::Mutex;

use orion::prelude::*;
use orion::testing::TestApp;

/// How often each board was rendered; no two tests have one in common.
static RENDERS: Mutex<BTreeMap<i64, usize>> = Mutex::new(BTreeMap::new());

fn renders(board: i64) -> usize {
    RENDERS.lock().unwrap().get(&board).copied().unwrap_or(0)
}

#[orion::slice(keyed(boards.id, cards.board))]
pub mod boards {
    use super::*;

    #[migration]
    const CREATE: &str = "
        create table boards (id integer primary key, name text not null) strict;
        create table cards (
            id integer primary key,
            board integer not null references boards on delete cascade,
            title text not null) strict;";

    #[query("insert into boards (id, name) values (:id, :name)")]
    pub fn insert_board(tx: &Tx, id: i64, name: &str) -> Result<()>;

    #[query("insert into cards (board, title) values (:board, :title) returning id")]
    pub fn insert(tx: &Tx, board: i64, title: &str) -> Result<i64>;

    #[query("update cards set board = :board where id = :id")]
    pub fn move_to(tx: &Tx, id: i64, board: i64) -> Result<()>;

    #[query("update cards set title = upper(title)")]
    pub fn shout(tx: &Tx) -> Result<()>;

    #[query("delete from boards where id = :id")]
    pub fn delete_board(tx: &Tx, id: i64) -> Result<()>;

    #[query("select name from boards where id = :id")]
    fn name(db: &Db, id: i64) -> Result<Option<String>>;

    #[query("select title from cards where board = :board order by id")]
    fn titles(db: &Db, board: i64) -> Result<Vec<String>>;

    #[query("select count(*) from cards")]
    fn count(db: &Db) -> Result<i64>;

    #[command(post "/boards/{board}/cards/{title}")]
    pub fn add(tx: &Tx, board: i64, title: &str) -> Result<Reply> {
        insert(tx, board, title)?;
        Ok(Reply::done())
    }

    #[region]
    pub fn lane(db: &Db, board: i64) -> Result<Markup> {
        *RENDERS.lock().unwrap().entry(board).or_default() += 1;
        let name = name(db, board)?.unwrap_or_else(|| "gone".to_owned());
        Ok(html! { p { (name) ": " (titles(db, board)?.join(", ")) } })
    }

    #[region]
    pub fn total(db: &Db) -> Result<Markup> {
        Ok(html! { p { (count(db)?) " cards" } })
    }

    #[page("/boards/{board}")]
    pub fn one(board: i64) -> Markup {
        html! { (lane::region(board)) }
    }

    #[page("/")]
    pub fn home() -> Markup {
        html! { (total::region()) }
    }
}

/// An application with two boards, which no other test has.
async fn start(test: i64) -> (TestApp, i64, i64) {
    let app = TestApp::start(orion::App::new("boards").slice(&boards::SLICE)).await;
    let (one, two) = (test * 100 + 1, test * 100 + 2);
    app.write(move |tx| {
        boards::insert_board(tx, one, "one")?;
        boards::insert_board(tx, two, "two")
    })
    .await
    .unwrap();
    (app, one, two)
}

#[tokio::test]
async fn of_two_boards_that_are_watched_a_write_to_one_renders_one_and_sends_one_frame() {
    let (app, one, two) = start(1).await;
    let mut browser = app.browser();
    let mut first = browser.open(boards::one::path(one)).await;
    let mut second = browser.open(boards::one::path(two)).await;
    let before = (renders(one), renders(two));

    app.browser().act(boards::add::action(one, "card"), ()).await.expect_status(200..=204);
    assert!(first.next().await.contains("one: card"));
    assert_eq!((renders(one), renders(two)), (before.0 + 1, before.1));

    // What comes next on the other stream is of the next write: the one before sent it nothing.
    app.write(move |tx| boards::insert(tx, two, "other").map(|_| ())).await.unwrap();
    assert!(second.next().await.contains("two: other"));
    assert_eq!((renders(one), renders(two)), (before.0 + 1, before.1 + 1));
}

#[tokio::test]
async fn a_card_that_moves_changes_the_board_that_it_leaves_and_the_one_that_it_comes_to() {
    let (app, one, two) = start(2).await;
    let card = app.write(move |tx| boards::insert(tx, one, "card")).await.unwrap();
    let mut browser = app.browser();
    let mut first = browser.open(boards::one::path(one)).await;
    let mut second = browser.open(boards::one::path(two)).await;
    app.write(move |tx| boards::move_to(tx, card, two)).await.unwrap();
    assert!(first.next().await.contains("one: </p>"));
    assert!(second.next().await.contains("two: card"));
}

#[tokio::test]
async fn what_reads_the_whole_table_hears_of_every_board() {
    let (app, one, two) = start(3).await;
    let mut home = app.browser().open(boards::home::path()).await;
    app.write(move |tx| boards::insert(tx, one, "a").map(|_| ())).await.unwrap();
    assert!(home.next().await.contains("1 cards"));
    app.write(move |tx| boards::insert(tx, two, "b").map(|_| ())).await.unwrap();
    assert!(home.next().await.contains("2 cards"));
}

#[tokio::test]
async fn a_write_to_all_boards_and_a_cascade_reach_each_of_them() {
    let (app, one, two) = start(4).await;
    app.write(move |tx| {
        boards::insert(tx, one, "a")?;
        boards::insert(tx, two, "b").map(|_| ())
    })
    .await
    .unwrap();
    let mut browser = app.browser();
    let mut first = browser.open(boards::one::path(one)).await;
    let mut second = browser.open(boards::one::path(two)).await;
    app.write(boards::shout).await.unwrap();
    assert!(first.next().await.contains("one: A"));
    assert!(second.next().await.contains("two: B"));
    app.write(move |tx| boards::delete_board(tx, two)).await.unwrap();
    assert!(second.next().await.contains("gone: </p>"));
}

#[test]
fn the_slice_says_what_is_keyed_and_what_is_read_by_it() {
    let keyed = boards::SLICE.keyed.iter().map(|keyed| (keyed.table, keyed.column));
    assert_eq!(keyed.collect::<Vec<_>>(), [("boards", "id"), ("cards", "board")]);
    let by_key = boards::SLICE.statements.iter().flat_map(|statement| statement.by_key);
    assert_eq!(by_key.map(|by| by.table).collect::<Vec<_>>(), ["boards", "cards"]);
}

//! Boards, their columns and cards: what there is, and what can be done to it.

mod view;

use orion::prelude::*;

pub(crate) use view::drafts;

#[orion::slice(
    name = "boards",
    // A change of one board is no business of those who look at another.
    keyed(boards.id, columns.board_id, cards.board_id, events.board_id)
)]
pub mod slice {
    use super::*;

    #[migration]
    const CREATE: &str = "
        create table boards (id integer primary key, name text not null) strict;
        create table columns (
            id integer primary key,
            board_id integer not null references boards on delete cascade,
            name text not null) strict;
        create table cards (
            id integer primary key,
            column_id integer not null references columns on delete cascade,
            position integer not null,
            title text not null) strict;
        create index cards_in_order on cards (column_id, position);
        create table events (
            id integer primary key,
            board_id integer not null references boards on delete cascade,
            viewer text not null,
            what text not null,
            at integer not null default (unixepoch())) strict;
        create index events_of_board on events (board_id, id);";

    /// A card knows its board, so that a change of it can be told apart from those on other boards.
    #[migration]
    const CARDS_KNOW_THEIR_BOARD: &str = "
        create unique index columns_of_boards on columns (id, board_id);
        create table cards_of_boards (
            id integer primary key,
            board_id integer not null,
            column_id integer not null,
            position integer not null,
            title text not null,
            foreign key (column_id, board_id) references columns (id, board_id) on delete cascade) strict;
        insert into cards_of_boards
            select cards.id, columns.board_id, columns.id, cards.position, cards.title
            from cards join columns on columns.id = cards.column_id;
        drop table cards;
        alter table cards_of_boards rename to cards;
        create index cards_in_order on cards (column_id, position);
        create index cards_of_board on cards (board_id);";

    #[derive(Row)]
    pub struct Board {
        pub name: String,
    }

    #[derive(Row)]
    pub struct Summary {
        pub id: i64,
        pub name: String,
        pub cards: i64,
    }

    #[derive(Row)]
    pub struct Column {
        pub id: i64,
        pub name: String,
    }

    #[derive(Row)]
    pub struct Card {
        pub id: i64,
        pub column_id: i64,
        pub position: i64,
        pub title: String,
    }

    /// Something that happened on a board.
    #[derive(Row)]
    pub struct Event {
        pub id: i64,
        pub viewer: String,
        pub what: String,
    }

    #[query("select name from boards where id = :id")]
    pub fn board(db: &Db, id: i64) -> Result<Option<Board>>;

    #[query(
        "select boards.id, boards.name, count(cards.id) as cards
         from boards left join cards on cards.board_id = boards.id
         group by boards.id order by boards.name, boards.id"
    )]
    pub fn boards(db: &Db) -> Result<Vec<Summary>>;

    #[query("select id, name from columns where board_id = :board order by id")]
    pub fn columns(db: &Db, board: i64) -> Result<Vec<Column>>;

    #[query("select id, column_id, position, title from cards where board_id = :board order by position, id")]
    pub fn cards(db: &Db, board: i64) -> Result<Vec<Card>>;

    #[query("select id, viewer, what from events where board_id = :board order by id desc limit :count")]
    pub fn latest(db: &Db, board: i64, count: i64) -> Result<Vec<Event>>;

    /// How much others did after an event; counts to 100, however much it is.
    #[query(
        "select count(*) from (
             select 1 from events where board_id = :board and id > :after and viewer <> :viewer limit 100)"
    )]
    pub fn count_after(db: &Db, board: i64, after: i64, viewer: &str) -> Result<i64>;

    #[query("select id, column_id, position, title from cards where id = :id")]
    fn card(db: &Db, id: i64) -> Result<Option<Card>>;

    #[query("select board_id from columns where id = :column")]
    fn board_of(db: &Db, column: i64) -> Result<Option<i64>>;

    #[query("select coalesce(max(position), 0) + 1 from cards where column_id = :column")]
    fn end_of(db: &Db, column: i64) -> Result<i64>;

    #[query("insert into boards (name) values (:name) returning id")]
    fn insert_board(tx: &Tx, name: &str) -> Result<i64>;

    #[query("insert into columns (board_id, name) values (:board, :name)")]
    fn insert_column(tx: &Tx, board: i64, name: &str) -> Result<()>;

    #[query(
        "insert into cards (board_id, column_id, position, title) values (:board, :column, :position, :title)"
    )]
    fn insert_card(tx: &Tx, board: i64, column: i64, position: i64, title: &str) -> Result<()>;

    #[query("update cards set title = :title where id = :id")]
    fn set_title(tx: &Tx, id: i64, title: &str) -> Result<()>;

    #[query("update cards set position = position + 1 where column_id = :column and position >= :position")]
    fn make_room(tx: &Tx, column: i64, position: i64) -> Result<()>;

    #[query("update cards set column_id = :column, position = :position where id = :id")]
    fn place(tx: &Tx, id: i64, column: i64, position: i64) -> Result<()>;

    #[query("delete from cards where id = :id")]
    fn delete(tx: &Tx, id: i64) -> Result<()>;

    #[query("insert into events (board_id, viewer, what) values (:board, :viewer, :what)")]
    fn note(tx: &Tx, board: i64, viewer: &str, what: &str) -> Result<()>;

    #[derive(Deserialize)]
    pub struct NewBoard {
        name: String,
    }

    #[command(post "/boards")]
    pub fn create(tx: &Tx, viewer: &Viewer, new: Signals<NewBoard>) -> Result<Reply> {
        let name = new.name.trim();
        ensure!(!name.is_empty(), name = "Give the board a name");
        ensure!(name.chars().count() <= 60, name = "At most 60 characters");
        let board = insert_board(tx, name)?;
        for column in ["To do", "Doing", "Done"] {
            insert_column(tx, board, column)?;
        }
        note(tx, board, viewer.id(), "made the board")?;
        Ok(Reply::redirect(crate::site::slice::board::path(board)))
    }

    /// The drafts of new cards, one a column: `add.c7` is that of column 7.
    #[derive(Deserialize)]
    pub struct Adding {
        add: std::collections::BTreeMap<String, String>,
    }

    #[command(post "/columns/{column}/cards")]
    pub fn add_card(tx: &Tx, viewer: &Viewer, column: i64, adding: Signals<Adding>) -> Result<Reply> {
        let board = board_of(tx, column)?.ok_or(NotFound)?;
        let draft = format!("c{column}");
        let title = adding.add.get(&draft).map_or("", |title| title.trim());
        ensure!(!title.is_empty(), Error::field(draft, "Say what there is to do"));
        ensure!(title.chars().count() <= 200, Error::field(draft, "At most 200 characters"));
        insert_card(tx, board, column, end_of(tx, column)?, title)?;
        note(tx, board, viewer.id(), &format!("added “{title}”"))?;
        Ok(Reply::signal(add_card::signals().add.member(draft), ""))
    }

    /// The title that is being typed into a card; which card it is, only the browser knows.
    #[derive(Deserialize)]
    pub struct Editing {
        edit: String,
    }

    #[command(patch "/cards/{id}")]
    pub fn rename(tx: &Tx, viewer: &Viewer, id: i64, editing: Signals<Editing>) -> Result<Reply> {
        let card = card(tx, id)?.ok_or(NotFound)?;
        let board = board_of(tx, card.column_id)?.ok_or(NotFound)?;
        let title = editing.edit.trim();
        ensure!(!title.is_empty(), edit = "A card needs a title");
        ensure!(title.chars().count() <= 200, edit = "At most 200 characters");
        if title != card.title {
            set_title(tx, id, title)?;
            note(tx, board, viewer.id(), &format!("renamed “{}” to “{title}”", card.title))?;
        }
        Ok(Reply::signal(view::EDITED, 0))
    }

    #[command(delete "/cards/{id}")]
    pub fn remove(tx: &Tx, viewer: &Viewer, id: i64) -> Result<Reply> {
        let card = card(tx, id)?.ok_or(NotFound)?;
        let board = board_of(tx, card.column_id)?.ok_or(NotFound)?;
        delete(tx, id)?;
        note(tx, board, viewer.id(), &format!("removed “{}”", card.title))?;
        Ok(Reply::done())
    }

    /// Puts a card at the end of a column.
    #[command(post "/cards/{id}/to/{column}")]
    pub fn move_to(tx: &Tx, viewer: &Viewer, id: i64, column: i64) -> Result<Reply> {
        let card = card(tx, id)?.ok_or(NotFound)?;
        relocate(tx, viewer, &card, column, end_of(tx, column)?)
    }

    #[derive(Deserialize)]
    pub struct Dragging {
        drag: i64,
    }

    /// Puts the dragged card before another one.
    #[command(post "/cards/{id}/before")]
    pub fn drop_before(tx: &Tx, viewer: &Viewer, id: i64, dragging: Signals<Dragging>) -> Result<Reply> {
        let target = card(tx, id)?.ok_or(NotFound)?;
        let card = card(tx, dragging.drag)?.ok_or(NotFound)?;
        if card.id == target.id {
            return Ok(Reply::done());
        }
        make_room(tx, target.column_id, target.position)?;
        relocate(tx, viewer, &card, target.column_id, target.position)
    }

    /// Puts the dragged card at the end of a column.
    #[command(post "/columns/{column}/end")]
    pub fn drop_at_end(tx: &Tx, viewer: &Viewer, column: i64, dragging: Signals<Dragging>) -> Result<Reply> {
        let card = card(tx, dragging.drag)?.ok_or(NotFound)?;
        relocate(tx, viewer, &card, column, end_of(tx, column)?)
    }

    /// Cards stay on their board; only a change of column is worth telling.
    fn relocate(tx: &Tx, viewer: &Viewer, card: &Card, column: i64, position: i64) -> Result<Reply> {
        let board = board_of(tx, card.column_id)?.ok_or(NotFound)?;
        ensure!(board_of(tx, column)? == Some(board), NotFound);
        place(tx, card.id, column, position)?;
        if column != card.column_id {
            note(tx, board, viewer.id(), &format!("moved “{}”", card.title))?;
        }
        Ok(Reply::signal(drop_before::signals().drag, 0))
    }

    /// Every board.
    #[region]
    pub fn index(db: &Db) -> Result<Markup> {
        Ok(view::index(&boards(db)?))
    }

    /// The columns and cards of one board.
    #[region]
    pub fn lanes(db: &Db, board: i64) -> Result<Markup> {
        Ok(view::lanes(&columns(db, board)?, &cards(db, board)?))
    }
}

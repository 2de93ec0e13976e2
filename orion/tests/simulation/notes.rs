//! The application: boards of notes, and regions of every kind. Everything that a command did can be seen in `done`.

use orion::live::Embed;
use orion::prelude::*;

use crate::dice::Dice;

#[orion::slice(keyed(notes.board))]
pub mod notes {
    use super::*;

    #[migration]
    const CREATE: &str = "
        create table notes (id integer primary key, board integer not null, text text not null) strict;
        create table done (command integer primary key) strict;
        create table focus (viewer text primary key, board integer not null) strict;";

    #[query("insert into notes (id, board, text) values (:id, :board, :text)")]
    pub fn insert(tx: &Tx, id: i64, board: i64, text: &str) -> Result<()>;

    #[query("update notes set board = :board where id = :id")]
    pub fn move_to(tx: &Tx, id: i64, board: i64) -> Result<()>;

    #[query("update notes set text = text || '!' where id = :id")]
    pub fn shout(tx: &Tx, id: i64) -> Result<()>;

    #[query("delete from notes where id = :id")]
    pub fn delete(tx: &Tx, id: i64) -> Result<()>;

    #[query("insert into done (command) values (:command)")]
    pub fn did(tx: &Tx, command: i64) -> Result<()>;

    #[query(
        "insert into focus (viewer, board) values (:viewer, :board)
        on conflict (viewer) do update set board = excluded.board"
    )]
    pub fn look_at(tx: &Tx, viewer: &str, board: i64) -> Result<()>;

    #[query("select board from focus where viewer = :viewer")]
    fn board(db: &Db, viewer: &str) -> Result<Option<i64>>;

    #[query("select command from done order by command")]
    pub fn done(db: &Db) -> Result<Vec<i64>>;

    #[query("select count(*) from done")]
    fn commands(db: &Db) -> Result<i64>;

    #[query("select count(*) from notes")]
    fn count(db: &Db) -> Result<i64>;

    #[query("select text from notes where board = :board order by id")]
    fn texts(db: &Db, board: i64) -> Result<Vec<String>>;

    #[region]
    pub fn lane(db: &Db, board: i64) -> Result<Markup> {
        Ok(html! { @for text in texts(db, board)? { (text) " " } })
    }

    #[region(every = "50ms")]
    pub fn slow(db: &Db) -> Result<Markup> {
        Ok(html! { (count(db)?) " notes" })
    }

    /// What it reads depends on what it reads.
    #[region]
    pub fn mine(db: &Db, viewer: &Viewer) -> Result<Markup> {
        let texts = board(db, viewer.id())?.map(|board| texts(db, board)).transpose()?;
        Ok(html! { (viewer.id()) ": " @for text in texts.iter().flatten() { (text) " " } })
    }

    #[region]
    pub fn who(db: &Db, present: &Present) -> Result<Markup> {
        let commands = commands(db)?;
        Ok(html! { @for viewer in present.iter() { (viewer.id()) " " } "after " (commands) })
    }

    /// Names the regions: what no page shows is a warning.
    #[page("/")]
    pub fn home() -> Markup {
        html! { (lane::region(1)) (slow::region()) (mine::region()) (who::region()) }
    }
}

pub(crate) const VIEWERS: [&str; 3] = ["ada", "bob", "eve"];

pub(crate) fn who() -> Embed {
    notes::who::region()
}

/// What each viewer is shown for himself.
pub(crate) fn mine() -> Embed {
    notes::mine::region()
}

/// What all viewers are shown.
pub(crate) fn shared() -> [Embed; 4] {
    [notes::lane::region(1), notes::lane::region(2), notes::slow::region(), who()]
}

/// The regions of a page: at least one.
pub(crate) fn page(dice: &mut Dice) -> Vec<Embed> {
    let all: Vec<_> = shared().into_iter().chain([mine()]).collect();
    let bits = 1 + dice.below((1 << all.len()) - 1);
    let chosen = all.into_iter().enumerate().filter(|(at, _)| bits & (1 << at) != 0);
    chosen.map(|(_, embed)| embed).collect()
}

/// What a command writes.
type Work = Box<dyn FnOnce(&Tx) -> Result<()> + Send>;

/// Something that writes.
pub(crate) struct Command {
    pub(crate) words: String,
    pub(crate) run: Work,
    /// Whether it is refused after it wrote.
    pub(crate) refuses: bool,
}

pub(crate) fn command(number: i64, dice: &mut Dice) -> Command {
    let kind = dice.below(8);
    let board = if dice.once_in(2) { 1 } else { 2 };
    let viewer = VIEWERS[dice.below(VIEWERS.len())];
    // One of the last notes, which may be gone or never have been.
    let note = number - 1 - i64::try_from(dice.below(8)).unwrap_or(0);
    let words = match kind {
        0..=2 => format!("a note for board {board}"),
        3 => format!("note {note} goes to board {board}"),
        4 => format!("note {note} is shouted"),
        5 => format!("note {note} is deleted"),
        6 => format!("{viewer} looks at board {board}"),
        _ => "a note that is refused".to_owned(),
    };
    let run = move |tx: &Tx| {
        notes::did(tx, number)?;
        match kind {
            0..=2 => notes::insert(tx, number, board, &format!("n{number}")),
            3 => notes::move_to(tx, note, board),
            4 => notes::shout(tx, note),
            5 => notes::delete(tx, note),
            6 => notes::look_at(tx, viewer, board),
            _ => {
                notes::insert(tx, number, board, "never")?;
                Err(Error::refused(409, "Not so."))
            }
        }
    };
    Command { words, run: Box::new(run), refuses: kind == 7 }
}

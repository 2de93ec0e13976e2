//! Activity: what happened on a board, and what of it is new to you. Reads boards and people through their queries; the only
//! table of its own is how far each viewer has read.

use orion::prelude::*;

use crate::{boards, people};

#[orion::slice(name = "activity", keyed(seen.viewer))]
pub mod slice {
    use super::*;

    #[migration]
    const CREATE: &str = "create table seen (
        viewer text not null, board_id integer not null, event_id integer not null,
        primary key (viewer, board_id)) strict, without rowid";

    #[query("select event_id from seen where viewer = :viewer and board_id = :board")]
    fn seen(db: &Db, viewer: &str, board: i64) -> Result<Option<i64>>;

    #[query(
        "insert into seen (viewer, board_id, event_id) values (:viewer, :board, :event)
         on conflict (viewer, board_id) do update set event_id = excluded.event_id"
    )]
    fn set_seen(tx: &Tx, viewer: &str, board: i64, event: i64) -> Result<()>;

    #[command(post "/boards/{board}/seen")]
    pub fn mark(tx: &Tx, viewer: &Viewer, board: i64) -> Result<Reply> {
        let last = boards::slice::latest(tx, board, 1)?.first().map_or(0, |event| event.id);
        set_seen(tx, viewer.id(), board, last)?;
        Ok(Reply::done())
    }

    /// What happened, newest first: the same for everyone, so it is rendered once.
    #[region]
    pub fn feed(db: &Db, board: i64) -> Result<Markup> {
        let events = boards::slice::latest(db, board, 30)?;
        let names =
            events.iter().map(|event| people::slice::name(db, &event.viewer)).collect::<Result<Vec<_>>>()?;
        Ok(html! {
            ol class="feed" {
                @for (event, name) in events.iter().zip(&names) {
                    li id={"event-" (event.id)} { strong { (name) } " " (event.what) }
                }
            }
        })
    }

    /// How much of it others did since this viewer last looked: personal.
    #[region]
    pub fn unread(db: &Db, viewer: &Viewer, board: i64) -> Result<Markup> {
        let after = seen(db, viewer.id(), board)?.unwrap_or(0);
        let count = boards::slice::count_after(db, board, after, viewer.id())?;
        Ok(html! {
            @if count > 0 {
                button id={"unread-" (board)} class="unread" data-on:click=(mark::action(board)) {
                    @if count < 100 { (count) } @else { "99+" } " new — mark as read"
                }
            }
        })
    }
}

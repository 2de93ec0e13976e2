//! A million checkboxes that everyone shares. A browser shows the few hundred that it looks at, and hears of no others.
//!
//! The sheet is cut into blocks. A block is a region, and the key of its table: whoever looks at one is repainted when one of its
//! cells changes, once for everybody.

mod sheet;
#[cfg(test)]
mod tests;
mod view;

use orion::prelude::*;
use orion::wire::PatchElements;

use sheet::Window;

#[orion::slice(keyed(cells.block))]
pub mod cells {
    use super::*;

    /// A row is a cell that is on. How many there are is counted as they come and go: nobody counts a million rows for a status line.
    #[migration]
    const CREATE: &str = "
        create table cells (
            block integer not null, cell integer not null, primary key (block, cell)) strict, without rowid;
        create table total (cells integer not null) strict;
        insert into total values (0);";

    #[query("select cell from cells where block = :block")]
    fn on(db: &Db, block: i64) -> Result<Vec<u16>>;

    #[query("select cells from total")]
    pub fn total(db: &Db) -> Result<i64>;

    #[query("insert into cells (block, cell) values (:block, :cell) on conflict do nothing")]
    fn insert(tx: &Tx, block: i64, cell: i64) -> Result<Changes>;

    #[query("delete from cells where block = :block and cell = :cell")]
    fn delete(tx: &Tx, block: i64, cell: i64) -> Result<Changes>;

    #[query("update total set cells = cells + :more")]
    fn count(tx: &Tx, more: i64) -> Result<()>;

    #[derive(Deserialize)]
    pub struct Change {
        cell: i64,
        on: bool,
    }

    /// Says what the cell shall be, not that it shall be the other: a click that arrives twice, and the clicks of two people, mean one thing.
    #[command(post "/blocks/{block}")]
    pub fn set(tx: &Tx, block: i64, change: Signals<Change>) -> Result<Reply> {
        let Change { cell, on } = *change;
        ensure!(sheet::holds(block, cell), NotFound);
        let Changes(changed) = if on { insert(tx, block, cell)? } else { delete(tx, block, cell)? };
        if changed > 0 {
            count(tx, if on { 1 } else { -1 })?;
        }
        Ok(Reply::done())
    }

    /// A part of the sheet: rendered once for everyone who looks at it.
    #[region]
    pub fn block(db: &Db, block: i64) -> Result<Markup> {
        Ok(view::block(block, &on(db, block)?))
    }

    /// A place on the sheet, in cells from its corner.
    #[derive(Deserialize)]
    pub struct Place {
        column: i64,
        row: i64,
    }

    #[command(post "/go")]
    pub fn go(_tx: &Tx, place: Signals<Place>) -> Result<Reply> {
        ensure!((0..sheet::SIDE).contains(&place.column), column = "From 0 to 999");
        ensure!((0..sheet::SIDE).contains(&place.row), row = "From 0 to 999");
        let Window { column, row } = Window::around(place.column, place.row);
        Ok(Reply::redirect(window::path(column, row)))
    }

    /// What the status line tells rates of. The page is told it and sends it back with the next question, so that the server need not
    /// remember what it told to whom.
    #[derive(Debug, Default, Clone, Copy, PartialEq, Deserialize, Serialize)]
    pub struct Told {
        pub milliseconds: u64,
        pub commands: u64,
        pub commits: u64,
        pub frames: u64,
        pub bytes: u64,
    }

    #[derive(Deserialize)]
    pub struct Before {
        #[serde(default)]
        told: Told,
    }

    #[command(get "/status")]
    pub async fn status(cx: Cx, before: Signals<Before>) -> Result<Reply> {
        let cells = cx.read(total).await?;
        let stats = cx.stats();
        let now = Told {
            milliseconds: stats.uptime.as_millis().try_into().unwrap_or(u64::MAX),
            commands: stats.writes,
            commits: stats.commits,
            frames: stats.sent,
            bytes: stats.bytes,
        };
        let line = view::status(&before.told, &now, stats.viewers, cells);
        Ok(Reply::signal("told", now).and(PatchElements::new(line)))
    }

    #[page("/")]
    pub fn home() -> Markup {
        view::page(Window { column: 0, row: 0 })
    }

    /// A window: its place is in blocks.
    #[page("/{column}/{row}")]
    pub fn window(column: i64, row: i64) -> Result<Markup> {
        let window = Window { column, row };
        ensure!(window.is_on_the_sheet(), NotFound);
        Ok(view::page(window))
    }
}

orion::main! { slices: [cells], name: "A million cells" }

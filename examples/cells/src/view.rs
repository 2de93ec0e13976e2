//! How the sheet looks.

use orion::prelude::*;

use crate::cells::{self, Told};
use crate::sheet::{self, COLUMNS, ROWS, SIDE, Window};

/// One block. It listens for all of its cells: they say nothing but which they are. A click changes nothing by itself, because what
/// is true comes over the stream.
pub(crate) fn block(block: i64, on: &[u16]) -> Markup {
    let (left, top) = sheet::corner(block);
    let mut states = [false; (COLUMNS * ROWS) as usize];
    for &cell in on {
        if let Some(cell) = states.get_mut(usize::from(cell)) {
            *cell = true;
        }
    }
    let set = cells::set::action(block).sending("{cell: +evt.target.value, on: evt.target.checked}");
    html! {
        div class="block" role="group" aria-label={"Block at " (left) ", " (top)}
            data-on:click__prevent={"evt.target.value && " (set)} {
            @for (cell, on) in (0..).zip(states) {
                input type="checkbox" id={"c" (block) "-" (cell)} value=(cell) checked[on]
                    aria-label={(left + cell % COLUMNS) ", " (top + cell / COLUMNS)};
            }
        }
    }
}

/// What happened between two looks at the counts. They begin anew with the server: then nothing did.
pub(crate) fn status(before: &Told, now: &Told, viewers: usize, cells: i64) -> Markup {
    let milliseconds = now.milliseconds.saturating_sub(before.milliseconds).max(1);
    let since = |now: u64, before: u64| now.saturating_sub(before);
    let rate = |now: u64, before: u64| (since(now, before) * 1000).div_ceil(milliseconds);
    let frames = since(now.frames, before.frames);
    html! {
        p id="status" {
            span { b id="commands" { (rate(now.commands, before.commands)) } " commands/s" }
            span { b id="commits" { (rate(now.commits, before.commits)) } " commits/s" }
            span { b id="frames" { (rate(now.frames, before.frames)) } " frames/s" }
            span { b id="bytes" { (since(now.bytes, before.bytes) / frames.max(1)) } " bytes/frame" }
            span { b id="viewers" { (viewers) } @if viewers == 1 { " viewer" } @else { " viewers" } }
            span { b id="total" { (cells) } " cells on" }
        }
    }
}

/// The page of a window. Arrow keys follow its links.
pub(crate) fn page(at: Window) -> Markup {
    let (column, row) = at.blocks().next().map_or((0, 0), sheet::corner);
    html! {
        main data-on:keydown__window="evt.target.type == 'number' || evt.altKey || document.getElementById('go-' + evt.key)?.click()" {
            header {
                h1 { "A million cells" }
                p { "Everybody sees every click. You are at " b { (column) ", " (row) } " of " (SIDE) " by " (SIDE) "." }
                nav aria-label="Move" {
                    @for (key, name, arrow, right, down) in [
                        ("ArrowLeft", "Left", "←", -1, 0),
                        ("ArrowUp", "Up", "↑", 0, -1),
                        ("ArrowDown", "Down", "↓", 0, 1),
                        ("ArrowRight", "Right", "→", 1, 0),
                    ] {
                        @let Window { column, row } = at.moved(right, down);
                        a id={"go-" (key)} href=(cells::window::path(column, row)) aria-label=(name) { (arrow) }
                    }
                    form method="post" action=(cells::go::path()) data-on:submit=(cells::go::action()) {
                        label { "Column " input id="column" name="column" type="number" value=(column) data-bind=(cells::go::signals().column); }
                        label { "Row " input id="row" name="row" type="number" value=(row) data-bind=(cells::go::signals().row); }
                        button { "Go" }
                        (field_error(&cells::go::signals().column))
                        (field_error(&cells::go::signals().row))
                    }
                }
                div "data-on-interval__duration.1s.leading"=(cells::status::action()) {
                    (status(&Told::default(), &Told::default(), 0, 0))
                }
            }
            div class="window" { @for number in at.blocks() { (cells::block::region(number)) } }
        }
    }
}

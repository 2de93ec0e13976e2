//! What is shown: markup that compresses well and badly, that comes back, that is personal, and that is longer than windows.

use std::time::Duration;

use maud::{Markup, html};
use orion::decl::Region;
use orion::live::{Args, Embed};

use crate::store::count;

/// A list in which one row changes.
const LIST: Region = Region::new("test", "list", |scope| {
    let (id,): (i64,) = scope.args()?;
    Ok(rows(12 * id, count(scope.db, 0)?))
});

/// Text of any characters and any length.
const NOISE: Region = Region::new("test", "noise", |scope| {
    let count = count(scope.db, 1)?;
    Ok(html! { (noise(u64::try_from(count).unwrap_or(0))) })
});

/// Is one thing, then another, then the first again.
const FLIP: Region = Region::new("test", "flip", |scope| {
    Ok(html! { @if count(scope.db, 2)? % 2 == 0 { "off" } @else { "on" } })
})
.every(Duration::from_millis(50));

/// Longer than the window of gzip (40 kB), than half of Brotli's (150 kB), or than all of it (300 kB).
const BIG: Region = Region::new("test", "big", |scope| {
    let (id,): (i64,) = scope.args()?;
    Ok(rows(id, count(scope.db, 3)?))
});

const MINE: Region = Region::new("test", "mine", |scope| {
    let (id,): (i64,) = scope.args()?;
    Ok(html! { (scope.viewer()?.id()) (rows(id, count(scope.db, 0)?)) })
})
.personal();

const WHO: Region = Region::new("test", "who", |scope| {
    Ok(html! { @for viewer in scope.present.iter() { p { (viewer.id()) } } })
})
.present();

fn rows(rows: i64, changed: i64) -> Markup {
    let mark = |row| if row == changed % rows { changed } else { 0 };
    html! {
        @for row in 0..rows {
            li id={ "row-" (row) } { button { (row * 7919 % 1000) } " " (mark(row)) }
        }
    }
}

/// Not at all random, but no compressor knows.
fn noise(seed: u64) -> String {
    const CHARACTERS: [char; 12] = ['a', 'Q', '7', ' ', '\n', '\r', 'ä', '€', '😀', '<', '\0', '-'];
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state >> 33).unwrap_or(0)
    };
    let length = next() % 700;
    (0..length).map(|_| CHARACTERS[next() % CHARACTERS.len()]).collect()
}

/// A page: bits choose its regions. Big ones are rare: they are slow.
pub(crate) fn page(bits: u8, big: u8) -> Vec<Embed> {
    let numbered = |region: &'static Region, id: i64| Embed::new(region, Args::new(&(id,)));
    let regions = [
        numbered(&LIST, 1),
        numbered(&LIST, 2),
        Embed::new(&NOISE, Args::none()),
        Embed::new(&FLIP, Args::none()),
        numbered(&MINE, 1),
        numbered(&MINE, 20),
        Embed::new(&WHO, Args::none()),
    ];
    let chosen = regions.into_iter().enumerate().filter(|(at, _)| bits & (1 << at) != 0);
    let mut chosen: Vec<_> = chosen.map(|(_, embed)| embed).collect();
    match big {
        0..=1 => chosen.push(numbered(&BIG, 900)),
        2 => chosen.push(numbered(&BIG, 3_300)),
        3 => chosen.push(numbered(&BIG, 6_600)),
        _ => {}
    }
    chosen
}

/// Whether the page of these bits has the region that does.
pub(crate) fn shows_who_is_there(bits: u8) -> bool {
    bits & (1 << 6) != 0
}

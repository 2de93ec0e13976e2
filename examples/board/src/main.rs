//! Boards of cards that several people move at once.
//!
//! Three features, each a slice that owns its tables (`boards`, `people`, `activity`), and `site`, which puts their regions
//! on pages. Whoever opens a board sees every change of everybody else.

mod activity;
mod boards;
mod people;
mod site;

orion::main! {
    slices: [boards::slice, people::slice, activity::slice, site::slice],
    name: "Board",
}

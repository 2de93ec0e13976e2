//! Measures what `#[orion::slice]` costs at compile time: an application of 20 slices, each with 10 queries, 5 regions and 5
//! commands, checked side by side with the same application written by hand against the builder.
//!
//! `cargo run -p orion-compile-time` prints the table, with `-- --quick` after fewer repetitions. With `-- todos` it builds the example
//! `todos` instead, dependencies and all, beside the same application on axum, rusqlite, maud and the `datastar` crate: some minutes. CPU time
//! is that of cargo and all of its children, from the process clock; repetitions are interleaved and medians printed. Nothing is asserted of a
//! time.

mod measure;
mod package;
mod source;
mod todos;

use std::error::Error;

use measure::{Cost, Work};
use package::Package;
use source::Style;

fn main() -> Result<(), Box<dyn Error>> {
    let quick = std::env::args().any(|argument| argument == "--quick");
    let repetitions = if quick { 3 } else { 9 };
    let folder = tempfile::tempdir()?;
    if std::env::args().any(|argument| argument == "todos") {
        return todos::measure(folder.path());
    }
    let slices = 20;
    let macros = Package::write(folder.path(), Style::Macros, slices)?;
    let by_hand = Package::write(folder.path(), Style::ByHand, slices)?;
    for package in [&macros, &by_hand] {
        // The dependencies, once.
        package.check()?;
    }
    println!(
        "{slices} slices of 10 queries, 5 regions and 5 commands; medians of {repetitions}, CPU seconds of cargo and its children"
    );
    println!("by hand: {} lines; with macros: {} lines", by_hand.lines, macros.lines);
    println!(
        "{:<34} {:>9} {:>9} {:>7}   (wall {:>5} {:>6})",
        "cargo check", "by hand", "macros", "ratio", "hand", "macros"
    );
    for work in [Work::Clean, Work::Body, Work::Query, Work::Line, Work::Table] {
        let (mut hand, mut ours) = (Vec::new(), Vec::new());
        for turn in 0..repetitions {
            hand.push(measure::one(&by_hand, work, turn)?);
            ours.push(measure::one(&macros, work, turn)?);
        }
        let (hand, ours) = (Cost::median(hand), Cost::median(ours));
        println!(
            "{:<34} {:>9.2} {:>9.2} {:>6.2}x   (wall {:>5.2} {:>6.2})",
            work.name(),
            hand.cpu,
            ours.cpu,
            ours.cpu / hand.cpu,
            hand.wall,
            ours.wall
        );
    }
    Ok(())
}

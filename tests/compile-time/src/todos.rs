//! What building the example `todos` costs, and how large it is, beside the same application by hand.

use std::error::Error;
use std::path::Path;

use crate::measure::{self, Cost};
use crate::package::Package;
use crate::source::Style;

/// How often each is built from nothing, and after an edit.
const CLEAN: usize = 3;
const TOUCHED: usize = 5;

/// Prints the rows.
pub(crate) fn measure(root: &Path) -> Result<(), Box<dyn Error>> {
    let both = [Package::todos(root, Style::ByHand)?, Package::todos(root, Style::Macros)?];
    let [hand, ours] = &both;
    println!("`todos`; by hand: {} lines; with macros: {} lines", hand.lines, ours.lines);
    println!("{:<34} {:>9} {:>9} {:>7}   goal", "", "by hand", "macros", "ratio");
    let clean = medians(&both, CLEAN, |package, _| {
        package.clear()?;
        measure::of(|| package.build())
    })?;
    row("clean build, CPU s", clean, "1.3x");
    let touched = medians(&both, TOUCHED, |package, turn| {
        let text = |turn: usize| format!(" remaining{}", ".".repeat(turn));
        package.replace(&format!("\"{}\"", text(turn)), &format!("\"{}\"", text(turn + 1)))?;
        measure::of(|| package.build())
    })?;
    row("build after an edit, CPU s", touched, "1.5x");
    let mut sizes = [0.0; 2];
    for (package, size) in both.iter().zip(&mut sizes) {
        *size = f64::from(u32::try_from(package.release()? / 1000)?) / 1e3;
    }
    row("release program, MB", sizes, "1.3x");
    Ok(())
}

/// The median CPU seconds of both, in turns.
fn medians(
    both: &[Package; 2],
    repetitions: usize,
    work: impl Fn(&Package, usize) -> Result<Cost, Box<dyn Error>>,
) -> Result<[f64; 2], Box<dyn Error>> {
    let mut costs = [Vec::new(), Vec::new()];
    for turn in 0..repetitions {
        for (package, costs) in both.iter().zip(&mut costs) {
            costs.push(work(package, turn)?);
        }
    }
    Ok(costs.map(|costs| Cost::median(costs).cpu))
}

fn row(what: &str, [hand, ours]: [f64; 2], goal: &str) {
    println!("{what:<34} {hand:>9.2} {ours:>9.2} {:>6.2}x   at most {goal}", ours / hand);
}

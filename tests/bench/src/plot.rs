//! Plots: one SVG a group of rows, each row's sides as bars of one scale. Linear, so that a bar's length is what it says.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use crate::Outcome;
use crate::table::{Row, number};

const WIDTH: f64 = 760.0;
/// Where bars begin, and how long the longest is; behind it its number is written.
const LEFT: f64 = 60.0;
const LONGEST: f64 = 580.0;
const BAR: f64 = 14.0;

/// Writes `GROUP.svg` into the folder for each group of rows.
pub(crate) fn write(rows: &[Row], folder: &Path) -> Outcome<()> {
    fs::create_dir_all(folder)?;
    for group in rows.chunk_by(|one, next| one.group == next.group) {
        fs::write(folder.join(format!("{}.svg", group[0].group)), plot(group))?;
    }
    Ok(())
}

fn plot(rows: &[Row]) -> String {
    let (mut body, mut y) = (String::new(), 10.0);
    for row in rows {
        y = bars(row, y, &mut body);
    }
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {y:.0}\" font-family=\"sans-serif\" font-size=\"12\">\n\
         <style>text {{ fill: #333 }} .hand {{ fill: #b9b9b9 }} .orion {{ fill: #2f6fde }} .floor {{ fill: #7a9e7e }}\n\
         @media (prefers-color-scheme: dark) {{ text {{ fill: #ccc }} }}</style>\n{body}</svg>\n"
    )
}

/// Draws a row's bars from `y` down; where the next row begins.
fn bars(row: &Row, mut y: f64, body: &mut String) -> f64 {
    let sides = [("hand", row.hand), ("orion", row.orion), ("floor", row.floor)];
    let most = sides.iter().filter_map(|side| side.1).fold(f64::MIN_POSITIVE, f64::max);
    // Writing to a string does not fail.
    let _ = writeln!(
        body,
        "<text x=\"0\" y=\"{:.0}\" font-weight=\"bold\">{}, {}</text>",
        y + 12.0,
        row.work,
        row.unit
    );
    y += 20.0;
    for (side, value) in sides {
        let Some(value) = value else { continue };
        let (length, text) = ((value / most * LONGEST).max(1.0), y + BAR - 3.0);
        let _ = writeln!(
            body,
            "<text x=\"0\" y=\"{text:.0}\">{side}</text>\
             <rect class=\"{side}\" x=\"{LEFT}\" y=\"{y:.0}\" width=\"{length:.1}\" height=\"{BAR}\"/>\
             <text x=\"{:.1}\" y=\"{text:.0}\">{}</text>",
            LEFT + length + 6.0,
            number(Some(value))
        );
        y += BAR + 3.0;
    }
    y + 12.0
}

#[cfg(test)]
mod tests {
    use super::plot;
    use crate::table::Row;

    #[test]
    fn a_bar_is_as_long_as_its_number_says() {
        let row =
            Row { work: "work".into(), unit: "ms", hand: Some(10.0), orion: Some(2.5), ..Row::default() };
        let plot = plot(&[row]);
        assert!(plot.contains("class=\"hand\" x=\"60\" y=\"30\" width=\"580.0\""), "{plot}");
        assert!(plot.contains("class=\"orion\" x=\"60\" y=\"47\" width=\"145.0\""), "{plot}");
        assert!(!plot.contains("class=\"floor\""), "{plot}");
    }
}

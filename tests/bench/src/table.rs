//! The table: rows with their goals, printed as they are measured, and written as JSON.

use std::fs;
use std::path::Path;

use serde::Serialize;

use crate::disk::Disk;
use crate::{Outcome, plot};

/// One row: the medians of its sides. What was not measured is not there.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct Row {
    /// Rows that belong together: `store`, `reads`, `live`.
    pub(crate) group: &'static str,
    /// What was done.
    pub(crate) work: String,
    /// What should come out, in words.
    pub(crate) goal: &'static str,
    /// What the numbers are.
    pub(crate) unit: &'static str,
    pub(crate) hand: Option<f64>,
    pub(crate) orion: Option<f64>,
    pub(crate) floor: Option<f64>,
    /// What the goal speaks of, as `(12.3, "of hand")`.
    pub(crate) ratios: Vec<(f64, &'static str)>,
    /// What else was seen, as `("CPU µs a command, orion", 4.2)`.
    pub(crate) notes: Vec<(String, f64)>,
}

/// What was measured in this run.
#[derive(Serialize)]
pub(crate) struct Table {
    machine: String,
    disk: String,
    rows: Vec<Row>,
}

/// The width of the first column.
const WORK: usize = 58;

impl Table {
    pub(crate) fn new(disk: &Disk) -> Outcome<Self> {
        let cores = std::thread::available_parallelism()?;
        let load = fs::read_to_string("/proc/loadavg")?;
        let load = load.split(' ').next().unwrap_or_default();
        let build = if cfg!(debug_assertions) { "; a debug build, whose numbers mean nothing" } else { "" };
        let table = Self {
            machine: format!("{cores} cores, load {load} before it began{build}"),
            disk: disk.describe()?,
            rows: Vec::new(),
        };
        println!("machine: {}\ndatabases: {}\n", table.machine, table.disk);
        println!(
            "{:<WORK$} {:>10} {:>10} {:>10}  {:<38} goal",
            "work", "hand", "orion", "floor", "ratio of orion"
        );
        Ok(table)
    }

    /// Adds a row, and shows it.
    pub(crate) fn add(&mut self, row: Row) {
        let ratios: Vec<String> = row.ratios.iter().map(|(ratio, to)| format!("{ratio:.2}× {to}")).collect();
        println!(
            "{:<WORK$} {:>10} {:>10} {:>10}  {:<38} {}",
            format!("{}, {}", row.work, row.unit),
            number(row.hand),
            number(row.orion),
            number(row.floor),
            ratios.join(", "),
            row.goal
        );
        for (what, seen) in &row.notes {
            println!("    {what}: {}", number(Some(*seen)));
        }
        self.rows.push(row);
    }

    pub(crate) fn finish(&self) {
        println!(
            "\nclean build, build after an edit and size of the program: `cargo run -p orion-compile-time -- todos`\n{} rows",
            self.rows.len()
        );
    }

    pub(crate) fn write_json(&self, file: &Path) -> Outcome<()> {
        fs::write(file, serde_json::to_string_pretty(self)? + "\n")?;
        Ok(())
    }

    pub(crate) fn write_plots(&self, folder: &Path) -> Outcome<()> {
        plot::write(&self.rows, folder)
    }
}

/// A number in as few digits as say something.
pub(crate) fn number(number: Option<f64>) -> String {
    match number {
        None => "–".to_owned(),
        Some(n) if n.abs() >= 1000.0 => grouped(n),
        Some(n) if n.abs() >= 100.0 => format!("{n:.0}"),
        Some(n) if n.abs() >= 10.0 => format!("{n:.1}"),
        Some(n) => format!("{n:.2}"),
    }
}

/// In groups of three digits.
fn grouped(number: f64) -> String {
    let digits = format!("{:.0}", number.abs());
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    if number < 0.0 { format!("-{text}") } else { text }
}

#[cfg(test)]
mod tests {
    use super::number;

    #[test]
    fn numbers_have_as_few_digits_as_say_something() {
        let texts = [0.123, 12.34, 999.6, 1234.5, 1_234_567.0].map(|n| number(Some(n)));
        assert_eq!(texts, ["0.12", "12.3", "1000", "1,234", "1,234,567"]);
    }
}

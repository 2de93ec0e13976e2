//! Measures orion beside its baselines, in one run and on the same work, and prints the table of the performance goals.
//!
//! `cargo run --release -p orion-bench -- all` measures everything; `--quick` in less than two minutes, `--smoke` only shows that
//! the programs work. Each baseline and orion run as child processes of this same binary, in turn, so that their CPU time and memory are
//! their own; medians are printed. Nothing is asserted of a time.

mod child;
mod clock;
mod disk;
mod size;
mod store;
mod table;
mod todos;

use std::error::Error;
use std::path::PathBuf;

use clap::{Parser, Subcommand};

use child::Role;
use disk::Disk;
use size::Size;
use table::Table;

/// What goes wrong is told to whoever runs it.
type Outcome<T> = Result<T, Box<dyn Error>>;

/// Measures orion beside the same work by hand and beside a bare loop.
#[derive(Parser)]
struct Cli {
    /// Less of everything: under two minutes
    #[arg(long, global = true)]
    quick: bool,
    /// Next to nothing of everything: only to see that the programs work
    #[arg(long, global = true, conflicts_with = "quick")]
    smoke: bool,
    /// Also the work that takes many minutes: a table of 100 M rows
    #[arg(long, global = true)]
    huge: bool,
    /// Where databases are put: a folder on a real disk. Default: the target folder
    #[arg(long, global = true)]
    dir: Option<PathBuf>,
    /// Writes what was measured as JSON
    #[arg(long, global = true)]
    json: Option<PathBuf>,
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// Every row of the table
    All,
    /// Durable commands
    Store,
    /// One side of a measurement, in a process of its own
    #[command(hide = true)]
    Child {
        #[command(subcommand)]
        role: Role,
    },
}

fn main() -> Outcome<()> {
    let cli = Cli::parse();
    if let What::Child { role } = cli.what {
        return role.run();
    }
    let mut size = match (cli.smoke, cli.quick) {
        (true, _) => Size::SMOKE,
        (_, true) => Size::QUICK,
        _ => Size::WHOLE,
    };
    size.huge = size.huge.filter(|_| cli.huge);
    let disk = Disk::at(cli.dir.as_deref())?;
    let mut table = Table::new(&disk)?;
    match cli.what {
        What::All | What::Store => store::measure(&size, &disk, &mut table)?,
        What::Child { .. } => {}
    }
    table.finish();
    if let Some(file) = cli.json {
        table.write_json(&file)?;
    }
    Ok(())
}

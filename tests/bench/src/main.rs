//! Measures orion beside its baselines, in one run and on the same work, and prints the table of the performance goals.
//!
//! `cargo run --release -p orion-bench -- all` measures everything; `--quick` in less than two minutes, `--smoke` only shows that
//! the programs work. Each baseline and orion run as child processes of this same binary, in turn, so that their CPU time and memory are
//! their own; medians are printed. Nothing is asserted of a time.

mod boards;
mod child;
mod clock;
mod disk;
mod grain;
mod live;
mod plot;
mod reads;
mod size;
mod soak;
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

/// Adds a group of rows.
type Measure = fn(&Size, &Disk, &mut Table) -> Outcome<()>;

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
    /// Draws what was measured into a folder: an SVG a group of rows
    #[arg(long, global = true)]
    plots: Option<PathBuf>,
    /// How many streams watch: 5,000, with `--quick` 1,000
    #[arg(long, global = true)]
    streams: Option<usize>,
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// Every row of the table
    All,
    /// Durable commands
    Store,
    /// Reads
    Reads,
    /// Live streams
    Live,
    /// A write to one board of many that are looked at
    Grain,
    /// Many streams and steady commands for a long time: memory, lateness, the log
    Soak {
        #[arg(long, default_value_t = 60)]
        seconds: u64,
        /// Commands a second
        #[arg(long, default_value_t = 500)]
        commands: u32,
    },
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
    size.streams = cli.streams.unwrap_or(size.streams);
    let disk = Disk::at(cli.dir.as_deref())?;
    if let What::Soak { seconds, commands } = cli.what {
        return soak::measure(&size, seconds, commands, &disk);
    }
    let mut table = Table::new(&disk)?;
    let groups: &[Measure] = match cli.what {
        What::Store => &[store::measure],
        What::Reads => &[reads::measure],
        What::Live => &[live::measure],
        What::Grain => &[grain::measure],
        _ => &[store::measure, reads::measure, live::measure, grain::measure],
    };
    for measure in groups {
        measure(&size, &disk, &mut table)?;
    }
    table.finish();
    if let Some(file) = cli.json {
        table.write_json(&file)?;
    }
    if let Some(folder) = cli.plots {
        table.write_plots(&folder)?;
    }
    Ok(())
}

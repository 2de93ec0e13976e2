//! The command line that every application has.

use std::error::Error;
use std::process::ExitCode;

use clap::{CommandFactory as _, FromArgMatches as _, Parser, Subcommand, ValueEnum};

use super::graph::{self, Graph};
use super::{Config, proxy, unit};
use crate::app::App;
use crate::store::sqlite::Sqlite;

/// An application's own version is its own affair; this one a report of a bug should name.
const ORION: &str = concat!("on orion ", env!("CARGO_PKG_VERSION"));

#[derive(Parser)]
#[command(version = ORION, about = None, disable_help_subcommand = true)]
struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Subcommand)]
enum Command {
    /// Answer requests (the default)
    Serve,
    /// Apply what the database still lacks
    Migrate {
        /// Only say what it lacks; exit with 1 if there is something
        #[arg(long)]
        check: bool,
    },
    /// Print the units under which systemd runs it, or place them
    Unit(unit::Options),
    /// Print how Caddy or nginx is set up in front of it
    Proxy(proxy::Options),
    /// List every route: method, path and who answers it
    Routes,
    /// Show how a click becomes a change: commands, tables, topics, regions, pages
    Graph {
        /// How it is written; `dot` is Graphviz's language
        #[arg(long, value_enum, default_value_t = Format::Text)]
        format: Format,
        /// Show who may do and see what instead, as a table
        #[arg(long, conflicts_with = "format")]
        access: bool,
    },
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    Text,
    Json,
    Dot,
}

pub(super) fn run(app: App) -> Result<ExitCode, Box<dyn Error>> {
    let matches = Cli::command().name(app.name).get_matches();
    let cli = Cli::from_arg_matches(&matches)?;
    match cli.command.unwrap_or(Command::Serve) {
        Command::Serve => {
            let config = Config::read(app.name)?;
            app.serve(&config).map(|()| ExitCode::SUCCESS)
        }
        Command::Migrate { check } => migrate(&app, check),
        Command::Unit(options) => unit::run(app.name, &options).map(|()| ExitCode::SUCCESS),
        Command::Proxy(options) => {
            print!("{}", proxy::text(app.name, &options)?);
            Ok(ExitCode::SUCCESS)
        }
        Command::Routes => {
            print!("{}", routes(&app));
            Ok(ExitCode::SUCCESS)
        }
        Command::Graph { access: true, .. } => {
            print!("{}", graph::access(&app.slices));
            Ok(ExitCode::SUCCESS)
        }
        Command::Graph { format, access: false } => {
            let graph = Graph::of(&app.slices);
            match format {
                Format::Text => print!("{}", graph::text(&graph)),
                Format::Json => println!("{}", serde_json::to_string_pretty(&graph)?),
                Format::Dot => print!("{}", graph::dot(&graph)),
            }
            Ok(ExitCode::SUCCESS)
        }
    }
}

/// The variables that `--env` sets.
pub(super) fn variables(said: &[String]) -> Result<Vec<(&str, &str)>, String> {
    let wrong = |text: &'_ String| format!("--env takes NAME=VALUE, not `{text}`");
    let named = |pair: &(&str, &str)| !pair.0.is_empty();
    said.iter().map(|text| text.split_once('=').filter(named).ok_or_else(|| wrong(text))).collect()
}

fn migrate(app: &App, check: bool) -> Result<ExitCode, Box<dyn Error>> {
    let config = Config::read(app.name)?;
    super::log::start(&config);
    let (entries, word) = if check {
        // Takes no lock: it can be asked while the version before serves.
        (Sqlite::pending_at(&config.database, &app.slices)?, "missing")
    } else {
        let store = app.open(&config)?;
        let applied = store.migrate(&app.slices)?;
        store.close();
        (applied, "applied")
    };
    for entry in &entries {
        println!("{word}: {}::{}", entry.slice, entry.name);
    }
    if entries.is_empty() {
        println!("{} is up to date", config.database.display());
    }
    Ok(if check && !entries.is_empty() { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

/// One route a line, in the order of the declarations.
fn routes(app: &App) -> String {
    let mut lines = Vec::new();
    for slice in &app.slices {
        for page in slice.pages {
            lines.push(("GET", page.path, "page", page.slice, page.name));
        }
        for command in slice.commands {
            lines.push((command.method.as_str(), command.path, "command", command.slice, command.name));
        }
    }
    let width = lines.iter().map(|line| line.1.len()).max().unwrap_or_default();
    lines.iter().fold(String::new(), |text, (method, path, kind, slice, name)| {
        text + &format!("{method:<6} {path:<width$}  {kind} {slice}::{name}\n")
    })
}

//! The sides of a measurement as processes of their own: this same binary, asked to be one of them. A side that measures itself prints
//! one line of JSON.

use std::process::{Command, Stdio};

use clap::{Subcommand, ValueEnum};
use nix::sys::resource::{Resource, getrlimit, setrlimit};
use serde::de::DeserializeOwned;

use crate::{Outcome, live, reads, soak, store};

/// Whose work it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Who {
    /// What a good developer writes today.
    Hand,
    /// This framework.
    Orion,
    /// A bare loop.
    Floor,
}

impl Who {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Hand => "hand",
            Self::Orion => "orion",
            Self::Floor => "floor",
        }
    }
}

/// What this process is.
#[derive(Debug, Subcommand)]
pub(crate) enum Role {
    /// Callers of the store.
    Store(store::Calls),
    /// Reads.
    Reads(reads::Times),
    /// A server.
    Serve(live::Serve),
    /// A crowd that watches publishes.
    Watch(live::Watch),
    /// Callers over HTTP.
    Load(live::Load),
    /// A crowd and commands for a long time.
    Soak(soak::Soak),
}

impl Role {
    pub(crate) fn run(self) -> Outcome<()> {
        // A measurement that is interrupted leaves no processes behind.
        nix::sys::prctl::set_pdeathsig(nix::sys::signal::Signal::SIGKILL)?;
        // Thousands of streams, each a file.
        let (_, most) = getrlimit(Resource::RLIMIT_NOFILE)?;
        setrlimit(Resource::RLIMIT_NOFILE, most, most)?;
        match self {
            Self::Store(calls) => print(&store::run(&calls)?),
            Self::Reads(times) => print(&reads::run(&times)?),
            Self::Serve(serve) => serve.run(),
            Self::Watch(watch) => print(&watch.run()?),
            Self::Load(load) => print(&load.run()?),
            Self::Soak(soak) => print(&soak.run()?),
        }
    }
}

fn print(result: &impl serde::Serialize) -> Outcome<()> {
    println!("{}", serde_json::to_string(result)?);
    Ok(())
}

/// This binary as the child that the arguments ask for.
pub(crate) fn command<'a>(arguments: impl IntoIterator<Item = &'a str>) -> Outcome<Command> {
    let mut command = Command::new(std::env::current_exe()?);
    command.arg("child").args(arguments).stdin(Stdio::null());
    Ok(command)
}

/// Runs a child to its end and reads what it printed.
pub(crate) fn result<T: DeserializeOwned>(arguments: &[String]) -> Outcome<T> {
    let output = command(arguments.iter().map(String::as_str))?.stderr(Stdio::inherit()).output()?;
    if !output.status.success() {
        return Err(format!("{arguments:?} ended with {}", output.status).into());
    }
    Ok(serde_json::from_slice(&output.stdout)?)
}

//! Finds out what is wrong with a deployment: from outside, as a browser sees it, and on the machine that has the database.

mod machine;
#[cfg(feature = "tls")]
mod outside;
#[cfg(feature = "tls")]
mod site;

use std::error::Error;
use std::fmt;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;

use super::Config;

/// What can be said about what to look at.
#[derive(clap::Args)]
pub(super) struct Options {
    /// The address of a page on which something is live, such as `https://example.com/`; left out, only this machine is looked at
    url: Option<String>,
    /// Ask this server, wherever the name leads, such as 203.0.113.9:443
    #[arg(long, value_name = "ADDRESS", requires = "url")]
    at: Option<SocketAddr>,
    /// Where backups are put: a folder, or one file
    #[arg(long, value_name = "PATH")]
    backups: Option<PathBuf>,
}

/// What was looked at, and how it is.
#[derive(Debug, PartialEq, Eq)]
enum Finding {
    Well(String),
    Wrong {
        what: String,
        help: String,
    },
    /// It could not be looked at.
    Open(String),
}

impl Finding {
    fn well(what: impl Into<String>) -> Self {
        Self::Well(what.into())
    }

    fn wrong(what: impl Into<String>, help: impl Into<String>) -> Self {
        Self::Wrong { what: what.into(), help: help.into() }
    }

    fn open(what: impl Into<String>) -> Self {
        Self::Open(what.into())
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Well(what) => write!(f, "ok     {what}"),
            Self::Wrong { what, help } => write!(f, "wrong  {what}\n       help: {help}"),
            Self::Open(what) => write!(f, "open   {what}"),
        }
    }
}

/// Looks, says what it found, and fails if something is wrong.
pub(super) fn run(name: &str, options: &Options) -> Result<ExitCode, Box<dyn Error>> {
    let config = Config::read(name)?;
    let mut wrong = 0;
    let mut tell = |finding: Finding| {
        wrong += usize::from(matches!(finding, Finding::Wrong { .. }));
        println!("{finding}");
    };
    if let Some(url) = &options.url {
        from_outside(url, options.at, &mut tell)?;
    } else if !config.database.exists() {
        return Err(format!(
            "there is nothing to look at: no address was given, and there is no {}\n\
            help: `{name} doctor https://example.com`, or say ORION_DATABASE",
            config.database.display()
        )
        .into());
    }
    machine::look(&config, options.backups.as_deref(), &mut tell);
    println!(
        "\n{}",
        if wrong == 0 { "nothing of that is wrong".to_owned() } else { format!("wrong: {wrong}") }
    );
    Ok(if wrong == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

#[cfg(feature = "tls")]
fn from_outside(
    url: &str,
    at: Option<SocketAddr>,
    tell: &mut impl FnMut(Finding),
) -> Result<(), Box<dyn Error>> {
    let site = site::Site::of(url, at)?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(outside::look(&site, tell));
    Ok(())
}

#[cfg(not(feature = "tls"))]
fn from_outside(url: &str, _: Option<SocketAddr>, _: &mut impl FnMut(Finding)) -> Result<(), Box<dyn Error>> {
    Err(format!(
        "this program cannot look at {url}, because it cannot speak TLS\n\
        help: in Cargo.toml, give orion the feature: features = [\"tls\"]"
    )
    .into())
}

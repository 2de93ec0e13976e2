//! The units under which systemd runs an application: a service that can do nothing but its work, and a socket that outlives it, so that
//! a restart refuses nobody.

mod quote;

use std::error::Error;
use std::path::{Path, PathBuf};
use std::time::Duration;
use std::{env, fs};

use self::quote::{argument, specifier, word};
use super::Config;
use super::cli::variables;

/// Where systemd looks for an administrator's units.
const FOLDER: &str = "/etc/systemd/system";
/// What the service does not see, in whose place there are empty folders.
const HIDDEN: [&str; 5] = ["/home", "/root", "/run/user", "/tmp", "/var/tmp"];
/// What systemd hands over, a copy from the start of the service on: its name, and who is told where it is. `%d` is its folder.
const CERTIFICATE: (&str, &str) = ("fullchain.pem", "ORION_TLS_CERT");
const KEY: (&str, &str) = ("privkey.pem", "ORION_TLS_KEY");
/// More than `shutdown_timeout`: the process ends by itself, and systemd need not kill it.
const MORE: Duration = Duration::from_secs(5);

/// What can be said about the units.
#[derive(clap::Args)]
pub(super) struct Options {
    /// Run as this user, who must exist; left out, systemd makes one for as long as the service runs
    #[arg(long)]
    user: Option<String>,
    /// Work in this folder, where the database is; left out, in /var/lib/ with the application's name
    #[arg(long, value_name = "FOLDER")]
    dir: Option<PathBuf>,
    /// Set a variable, such as `ORION_LISTEN=0.0.0.0:80`; can be said again
    #[arg(long, value_name = "NAME=VALUE")]
    env: Vec<String>,
    /// Speak TLS with the certificate in this file, of PEM, which only root need be able to read
    #[arg(long, value_name = "FILE", requires = "tls_key")]
    tls_cert: Option<PathBuf>,
    /// The certificate's private key, likewise
    #[arg(long, value_name = "FILE", requires = "tls_cert")]
    tls_key: Option<PathBuf>,
    /// Where the program is; left out, where this one is
    #[arg(long, value_name = "FILE")]
    program: Option<PathBuf>,
    /// Write them, to /etc/systemd/system or another folder
    #[arg(long, value_name = "FOLDER", num_args = 0..=1, default_missing_value = FOLDER)]
    install: Option<PathBuf>,
}

/// A file that systemd hands over: as which, and where it is.
type Credential<'a> = ((&'static str, &'static str), &'a Path);

impl Options {
    fn credentials(&self) -> Vec<Credential<'_>> {
        let said = [(CERTIFICATE, &self.tls_cert), (KEY, &self.tls_key)];
        said.into_iter().filter_map(|(what, path)| Some((what, path.as_deref()?))).collect()
    }
}

/// Prints the units, or places them.
pub(super) fn run(name: &str, options: &Options) -> Result<(), Box<dyn Error>> {
    let units = [("service", service(name, options)?), ("socket", socket(name, options)?)];
    for (kind, text) in &units {
        match &options.install {
            None => println!("# {FOLDER}/{name}.{kind}\n{text}"),
            Some(folder) => {
                let file = folder.join(format!("{name}.{kind}"));
                fs::write(&file, text)
                    .map_err(|cause| format!("{} cannot be written: {cause}", file.display()))?;
                println!("placed {}", file.display());
            }
        }
    }
    if options.install.is_some() {
        println!(
            "now: systemctl daemon-reload && systemctl enable {name}.socket {name}.service && systemctl restart {name}.service"
        );
        if options.tls_cert.is_some() {
            println!(
                "after each renewal of the certificate: systemctl restart {name}.service, which refuses nobody"
            );
        }
    }
    Ok(())
}

fn service(name: &str, options: &Options) -> Result<String, Box<dyn Error>> {
    let program = options.program.clone().map_or_else(env::current_exe, std::path::absolute)?;
    let program = seen("the program", &program)?;
    let variables = variables(&options.env)?;
    let credentials = options.credentials();
    let config = config(name, &variables, &credentials)?;
    let mut lines = match &options.user {
        None => vec!["DynamicUser=yes".to_owned()],
        Some(user) => vec![format!("User={}", specifier(user)?)],
    };
    match (&options.dir, &options.user) {
        (None, _) => lines.extend([
            format!("StateDirectory={name}"),
            "StateDirectoryMode=0750".to_owned(),
            format!("WorkingDirectory=%S/{name}"),
        ]),
        (Some(_), None) => {
            return Err(
                "--dir needs --user\nhelp: a user whom systemd makes up owns no folder of yours".into()
            );
        }
        (Some(dir), Some(_)) => {
            let dir = seen("the folder", &std::path::absolute(dir)?)?;
            lines.extend([
                format!("WorkingDirectory={}", specifier(&dir)?),
                format!("ReadWritePaths={}", word(&dir)?),
            ]);
        }
    }
    if let Some(folder) = config.database.parent().filter(|_| config.database.is_absolute()) {
        lines.push(format!("ReadWritePaths={}", word(&seen("the database", folder)?)?));
    }
    for (variable, value) in variables {
        lines.push(format!("Environment={}", word(&format!("{variable}={value}"))?));
    }
    for ((file, variable), path) in credentials {
        let path = std::path::absolute(path)?;
        let path = path
            .to_str()
            .ok_or_else(|| format!("{variable} cannot be written into a unit: {}", path.display()))?;
        lines.extend([
            format!("LoadCredential={file}:{}", specifier(path)?),
            format!("Environment={variable}=%d/{file}"),
        ]);
    }
    Ok(include_str!("unit/service.txt")
        .replace("{name}", name)
        .replace("{stop}", &(config.shutdown_timeout + MORE).as_secs().to_string())
        .replace("{program}", &argument(&program)?)
        .replace("{own}", &lines.join("\n")))
}

fn socket(name: &str, options: &Options) -> Result<String, Box<dyn Error>> {
    let config = config(name, &variables(&options.env)?, &options.credentials())?;
    // In the order in which the process takes them.
    let addresses: Vec<_> =
        [Some(config.listen), config.redirect].iter().flatten().map(ToString::to_string).collect();
    Ok(include_str!("unit/socket.txt")
        .replace("{name}", name)
        .replace("{listen}", &addresses.join("\nListenStream=")))
}

/// What the application will be told, if it can be told that.
fn config(
    name: &str,
    variables: &[(&str, &str)],
    credentials: &[Credential<'_>],
) -> Result<Config, Box<dyn Error>> {
    let handed = credentials.iter().map(|((file, variable), _)| (*variable, *file));
    if let Some((twice, _)) = handed.clone().find(|(name, _)| variables.iter().any(|said| said.0 == *name)) {
        return Err(format!(
            "{twice} is set, and --tls-cert and --tls-key set it too\nhelp: leave out the variable: the service reads what systemd hands it"
        )
        .into());
    }
    let config = Config::of_pairs(name, &[variables, &handed.collect::<Vec<_>>()].concat())?;
    // Who could not speak TLS is told now and not when the service starts.
    #[cfg(not(feature = "tls"))]
    super::Tls::of(&config)?;
    Ok(config)
}

/// The text of a path, if the service can see it.
fn seen(what: &str, path: &Path) -> Result<String, String> {
    let text =
        path.to_str().ok_or_else(|| format!("{what} cannot be written into a unit: {}", path.display()))?;
    match HIDDEN.iter().find(|hidden| path.starts_with(hidden)) {
        None => Ok(text.to_owned()),
        Some(hidden) => Err(format!(
            "{what} is {text}, and the service does not see {hidden}\nhelp: programs belong into /usr/local/bin, data below /var/lib or /srv"
        )),
    }
}

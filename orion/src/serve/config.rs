//! Configuration: one struct, from `ORION_…` variables and a TOML file, checked at boot with every problem listed.

mod fields;
mod said;

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::path::PathBuf;
use std::time::Duration;

use ipnet::IpNet;
use serde::Deserialize;
use tracing_subscriber::filter::Targets;

use self::fields::Fields;
use self::said::Said;
use crate::sign::Signer;

/// How an application runs. Each field is `ORION_NAME` in the environment and `name` in `orion.toml` (or the file that
/// `ORION_CONFIG` names); the environment wins.
///
/// ```
/// let config = orion::serve::Config::new("todos");
/// assert_eq!(config.listen.to_string(), "127.0.0.1:3000");
/// assert_eq!(config.database.to_str(), Some("todos.db"));
/// ```
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Config {
    /// The address to listen on. Default `127.0.0.1:3000`; port 0 takes a free one, which the log names. Not looked at where systemd
    /// hands a socket over.
    pub listen: SocketAddr,
    /// Where `/healthz`, `/readyz` and `/metrics` are answered, such as `127.0.0.1:9100`: a listener of its own, which the public should
    /// not reach. Default: nowhere.
    pub health: Option<SocketAddr>,
    /// The SQLite file. Default: the application's name with `.db`, in the working directory.
    pub database: PathBuf,
    /// What a commit waits for: `full`, the disk (the default); `normal`, the operating system: then a power cut, not a
    /// crash, may lose the last commits (<https://www.sqlite.org/pragma.html#pragma_synchronous>).
    pub synchronous: Synchronous,
    /// How many commands may wait for the writer before others are told 503. Default 4096.
    pub queue: usize,
    /// Shows whole errors in the browser. Default: on in debug builds, off in release builds.
    pub development: bool,
    /// Signs cookies and region references: at least 32 characters. Default: made at the first boot and kept in the database.
    pub secret: Option<String>,
    /// Secrets that signed before: what they signed still holds, and nothing new is signed with them. The word `database` stands for the
    /// secret that is kept there. Default: none.
    pub former_secrets: Vec<String>,
    /// Further origins whose pages may send commands, as `https://host`.
    pub origins: Vec<String>,
    /// The proxies that are believed when they say whose a request is (`X-Forwarded-For`, `-Proto`, `-Host`), as addresses or networks:
    /// `["10.0.0.7", "172.16.0.0/12"]`. Of everybody else such headers are dropped. Default: those on this machine, `["127.0.0.0/8",
    /// "::1"]`; `[]` is nobody. List nobody who passes on what a client wrote there.
    pub proxies: Vec<IpNet>,
    /// The certificate that is shown to browsers, as a PEM file with everything up to the authority's: with it, `listen` speaks TLS, and
    /// HTTP/2 to who can. It goes with `tls_key`. Both files are looked at every ten seconds, and a new certificate is shown from the
    /// next connection on. Needs orion's feature `tls`. Default: no TLS, which is a proxy's affair.
    pub tls_cert: Option<PathBuf>,
    /// The certificate's private key, as a PEM file.
    pub tls_key: Option<PathBuf>,
    /// Where whoever comes by `http://` is told that the application is found by `https://`, such as `0.0.0.0:80`; only where `listen`
    /// speaks TLS. Default: nowhere.
    pub redirect: Option<SocketAddr>,
    /// Names for which a certificate is got, and renewed, from an authority that speaks ACME: `["todos.example"]`. The authority has to
    /// find the application under them, at port 443. It is kept beside the database, in a folder with its name and `-acme`. Setting it
    /// accepts the authority's terms. Needs orion's feature `acme`. Default: none.
    pub acme: Vec<String>,
    /// The authority's directory. Default: that of Let's Encrypt.
    pub acme_directory: String,
    /// What is logged, as in `info,orion=debug` (the syntax of `tracing_subscriber::filter::Targets`). Default `info`.
    pub log: String,
    /// How it is written: `text`, `json`, or `auto` (the default): text on a terminal, with fields to the journal under systemd, JSON
    /// elsewhere.
    pub log_format: LogFormat,
    /// The most that a request's address and headers may take, in bytes. Default 32 KiB.
    pub header_limit: usize,
    /// The largest body of a request, in bytes. Default 1 MiB.
    pub body_limit: usize,
    /// How long a client may take to send its headers, and again its body, in seconds. Default 10.
    pub request_timeout: Duration,
    /// How long the queries of one page, one region or one read may run, in seconds. Then they are ended; what else takes longer than that
    /// cannot be ended, and is named in the log. Default 10.
    pub read_timeout: Duration,
    /// How long a write to a client may make no progress before the connection is closed, in seconds. Default 10.
    pub write_timeout: Duration,
    /// How long a shutdown may take, in seconds: four fifths of it for open requests, the rest for the database. Default 10.
    pub shutdown_timeout: Duration,
    /// How many connections one client may hold, by its address; a proxy is no client. Default 1,000.
    pub connections_per_client: usize,
    /// How many connections there may be at `listen`, and as many at `redirect`. Default 30,000.
    pub connections: usize,
    /// How many streams one viewer may hold. Default 100.
    pub streams_per_viewer: usize,
    /// How many streams one client may hold, by its address, also behind a proxy. Default 1,000.
    pub streams_per_client: usize,
    /// How many streams there may be. Default 20,000.
    pub streams: usize,
}

/// Stands in `former_secrets` for the secret that the database keeps.
const KEPT: &str = "database";

/// What a commit waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Synchronous {
    /// The disk: a command that was answered survives a power cut.
    Full,
    /// The operating system: a command that was answered survives a crash of the program.
    Normal,
}

/// How logs are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    /// Text on a terminal, fields of the journal where systemd sends standard error there, JSON elsewhere.
    Auto,
    /// Text for people.
    Text,
    /// One JSON object a line.
    Json,
}

/// Every problem of a configuration, each with its name and the way out.
#[derive(Debug)]
pub struct ConfigError(pub Vec<String>);

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (count, s) = (self.0.len(), if self.0.len() == 1 { "" } else { "s" });
        write!(f, "the configuration has {count} problem{s}:")?;
        self.0.iter().try_for_each(|problem| write!(f, "\n  {problem}"))
    }
}

impl std::error::Error for ConfigError {}

impl Config {
    /// The defaults for an application of this name.
    pub fn new(name: &str) -> Self {
        Self {
            listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 3000)),
            health: None,
            database: PathBuf::from(format!("{name}.db")),
            synchronous: Synchronous::Full,
            queue: 4096,
            development: cfg!(debug_assertions),
            secret: None,
            former_secrets: Vec::new(),
            origins: Vec::new(),
            proxies: vec![
                IpNet::new_assert(Ipv4Addr::new(127, 0, 0, 0).into(), 8),
                IpNet::from(IpAddr::from(Ipv6Addr::LOCALHOST)),
            ],
            tls_cert: None,
            tls_key: None,
            redirect: None,
            acme: Vec::new(),
            acme_directory: "https://acme-v02.api.letsencrypt.org/directory".to_owned(),
            log: "info".to_owned(),
            log_format: LogFormat::Auto,
            header_limit: 32 << 10,
            body_limit: 1 << 20,
            request_timeout: Duration::from_secs(10),
            read_timeout: Duration::from_secs(10),
            write_timeout: Duration::from_secs(10),
            shutdown_timeout: Duration::from_secs(10),
            connections_per_client: 1000,
            connections: 30_000,
            streams_per_viewer: 100,
            streams_per_client: 1000,
            streams: 20_000,
        }
    }

    /// The keys that sign, the newest first; `kept` is the one that the database keeps.
    pub(crate) fn keys(&self, kept: &[u8]) -> Vec<Vec<u8>> {
        let newest = self.secret.as_ref().map_or(kept, String::as_bytes);
        let former = self.former_secrets.iter().map(|secret| match secret.as_str() {
            KEPT => kept,
            secret => secret.as_bytes(),
        });
        std::iter::once(newest).chain(former).map(<[u8]>::to_vec).collect()
    }

    /// Reads the environment and the file.
    pub fn read(name: &str) -> Result<Self, ConfigError> {
        let file = match std::env::var_os("ORION_CONFIG").map(PathBuf::from) {
            // Left out, the file need not be there; named, it must.
            Some(file) if !file.is_file() => {
                let problem =
                    format!("there is no file {} (ORION_CONFIG in the environment)", file.display());
                return Err(ConfigError(vec![problem]));
            }
            Some(file) => file,
            None => PathBuf::from("orion.toml"),
        };
        let mut said = Said::default();
        if file.is_file() {
            said.add_file(&file);
        }
        said.add_environment();
        Self::of(name, said)
    }

    /// Reads this text in place of the file, and no environment.
    pub fn of_toml(name: &str, text: &str) -> Result<Self, ConfigError> {
        let mut said = Said::default();
        said.add_toml(text, "");
        Self::of(name, said)
    }

    /// Reads these variables in place of the environment, and no file.
    pub(super) fn of_pairs(name: &str, variables: &[(&str, &str)]) -> Result<Self, ConfigError> {
        let mut said = Said::default();
        for (variable, value) in variables {
            said.add_variable(variable, (*value).to_owned(), String::new());
        }
        Self::of(name, said)
    }

    fn of(name: &str, said: Said) -> Result<Self, ConfigError> {
        let mut config = Self::new(name);
        let mut fields = Fields::new(said);
        fields.take("listen", "an address and a port, such as 127.0.0.1:3000", &mut config.listen);
        fields.take("health", "an address and a port, such as 127.0.0.1:9100", &mut config.health);
        fields.take("database", "a path", &mut config.database);
        fields.take("synchronous", "`full` or `normal`", &mut config.synchronous);
        fields.take("queue", "a number of commands", &mut config.queue);
        fields.take("development", "`true` or `false`", &mut config.development);
        fields.take_secret("secret", "a text of at least 32 characters", &mut config.secret);
        fields.take_secret(
            "former_secrets",
            "a list of secrets, such as [\"database\"]",
            &mut config.former_secrets,
        );
        fields.take("origins", "a list of origins, such as [\"https://example.com\"]", &mut config.origins);
        fields.take_networks("proxies", &mut config.proxies);
        fields.take("tls_cert", "a path", &mut config.tls_cert);
        fields.take("tls_key", "a path", &mut config.tls_key);
        fields.take("redirect", "an address and a port, such as 0.0.0.0:80", &mut config.redirect);
        fields.take("acme", "a list of names, such as [\"example.com\"]", &mut config.acme);
        fields.take("acme_directory", "a URL", &mut config.acme_directory);
        fields.take("log", "a filter, such as info,orion=debug", &mut config.log);
        fields.take("log_format", "`auto`, `text` or `json`", &mut config.log_format);
        fields.take("header_limit", "a number of bytes", &mut config.header_limit);
        fields.take("body_limit", "a number of bytes", &mut config.body_limit);
        fields.take_seconds("request_timeout", &mut config.request_timeout);
        fields.take_seconds("read_timeout", &mut config.read_timeout);
        fields.take_seconds("write_timeout", &mut config.write_timeout);
        fields.take_seconds("shutdown_timeout", &mut config.shutdown_timeout);
        fields.take("connections_per_client", "a number of connections", &mut config.connections_per_client);
        fields.take("connections", "a number of connections", &mut config.connections);
        fields.take("streams_per_viewer", "a number of streams", &mut config.streams_per_viewer);
        fields.take("streams_per_client", "a number of streams", &mut config.streams_per_client);
        fields.take("streams", "a number of streams", &mut config.streams);
        fields.refuse_unknown();
        if config.secret.as_ref().is_some_and(|secret| secret.len() < Signer::KEY_BYTES) {
            fields
                .problems
                .push("secret: must have at least 32 characters; try `openssl rand -hex 32`".to_owned());
        }
        let is_former = |secret: &String| secret == KEPT || secret.len() >= Signer::KEY_BYTES;
        if !config.former_secrets.iter().all(is_former) {
            fields.problems.push(format!(
                "former_secrets: each must have at least 32 characters, or be the word `{KEPT}`"
            ));
        }
        let pair = [("tls_cert", &config.tls_cert), ("tls_key", &config.tls_key)];
        for [(name, said), (other, missing)] in [pair, [pair[1], pair[0]]] {
            if said.is_some() && missing.is_none() {
                fields.problems.push(format!("{other}: must be there where {name} is"));
            }
        }
        if config.tls_cert.is_some() && !config.acme.is_empty() {
            fields.problems.push("acme: must not be there where tls_cert is".to_owned());
        }
        if config.redirect.is_some() && config.tls_cert.is_none() && config.acme.is_empty() {
            fields
                .problems
                .push("redirect: must not be there without TLS, which tls_cert or acme brings".to_owned());
        }
        if let Err(cause) = config.log.parse::<Targets>() {
            fields.problems.push(format!("log: must be a filter, such as info,orion=debug ({cause})"));
        }
        if fields.problems.is_empty() { Ok(config) } else { Err(ConfigError(fields.problems)) }
    }
}

#[cfg(test)]
mod tests;

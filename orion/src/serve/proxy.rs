//! What stands in front of an application: the configuration under which Caddy or nginx gives it TLS and HTTP/2 and leaves its streams as
//! they are.

use std::error::Error;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::time::Duration;

use clap::ValueEnum;

use super::Config;
use super::cli::variables;

/// More than a process takes to end, for the next one to begin.
const BEGINS: Duration = Duration::from_secs(5);

/// What can be said about the proxy.
#[derive(clap::Args)]
pub(super) struct Options {
    /// Which program it is
    #[arg(value_enum)]
    kind: Kind,
    /// The name by which browsers call the application, such as example.com
    #[arg(long)]
    domain: String,
    /// A variable that the application is given, as to `unit`; can be said again
    #[arg(long, value_name = "NAME=VALUE")]
    env: Vec<String>,
}

#[derive(Clone, Copy, ValueEnum)]
enum Kind {
    Caddy,
    Nginx,
}

/// The proxy's configuration.
pub(super) fn text(name: &str, options: &Options) -> Result<String, Box<dyn Error>> {
    let config = Config::of_pairs(name, &variables(&options.env)?)?;
    if !is_name(&options.domain) {
        return Err(format!("--domain takes a name such as example.com, not `{}`", options.domain).into());
    }
    let template = match options.kind {
        Kind::Caddy => include_str!("proxy/caddy.txt"),
        Kind::Nginx => include_str!("proxy/nginx.txt"),
    };
    Ok(template
        .replace("{name}", name)
        .replace("{domain}", &options.domain)
        .replace("{upstream}", &upstream(config.listen)?.to_string())
        .replace("{wait}", &(config.shutdown_timeout + BEGINS).as_secs().to_string())
        .replace("{body}", &config.body_limit.to_string()))
}

/// Where a proxy on the same machine finds who listens on this address.
fn upstream(listen: SocketAddr) -> Result<SocketAddr, String> {
    if listen.port() == 0 {
        return Err("the application listens on another port at each start, which no proxy finds\n\
            help: --env ORION_LISTEN=127.0.0.1:3000, also for the application"
            .to_owned());
    }
    let address = match listen.ip() {
        IpAddr::V4(all) if all.is_unspecified() => Ipv4Addr::LOCALHOST.into(),
        IpAddr::V6(all) if all.is_unspecified() => Ipv6Addr::LOCALHOST.into(),
        one => one,
    };
    Ok(SocketAddr::new(address, listen.port()))
}

/// Whether this is a host's name (RFC 1123, section 2.1): nothing that would mean something in a configuration.
fn is_name(text: &str) -> bool {
    let is_label = |label: &str| {
        let inner = label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        inner && (1..=63).contains(&label.len()) && !label.starts_with('-') && !label.ends_with('-')
    };
    text.len() <= 253 && text.split('.').all(is_label)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(kind: Kind, domain: &str, env: &[&str]) -> Result<String, String> {
        let env = env.iter().map(ToString::to_string).collect();
        let options = Options { kind, domain: domain.to_owned(), env };
        text("app", &options).map_err(|cause| cause.to_string())
    }

    #[test]
    fn every_place_is_filled_with_what_the_application_is_told() {
        let env = ["ORION_LISTEN=0.0.0.0:8080", "ORION_SHUTDOWN_TIMEOUT=20", "ORION_BODY_LIMIT=5000000"];
        let caddy = written(Kind::Caddy, "a.example", &env).unwrap();
        assert!(
            caddy.contains("\na.example {\n") && caddy.contains("reverse_proxy 127.0.0.1:8080 {"),
            "{caddy}"
        );
        assert!(caddy.contains("lb_try_duration 25s"), "{caddy}");
        let nginx = written(Kind::Nginx, "a.example", &env).unwrap();
        assert!(nginx.contains("server_name a.example;"), "{nginx}");
        assert!(nginx.contains("proxy_pass http://127.0.0.1:8080;"), "{nginx}");
        assert!(nginx.contains("client_max_body_size 5000000;"), "{nginx}");
        for place in ["{name}", "{domain}", "{upstream}", "{wait}", "{body}"] {
            assert!(!caddy.contains(place) && !nginx.contains(place), "{place}");
        }
    }

    #[test]
    fn an_address_of_version_six_is_one_in_a_configuration_too() {
        let nginx = written(Kind::Nginx, "a.example", &["ORION_LISTEN=[::]:8080"]).unwrap();
        assert!(nginx.contains("proxy_pass http://[::1]:8080;"), "{nginx}");
    }

    #[test]
    fn what_is_no_name_is_refused() {
        for domain in
            ["", "a..example", "https://a.example", "a.example {", "a.example;", "-a.example", "a.example\n"]
        {
            let told = written(Kind::Caddy, domain, &[]).unwrap_err();
            assert_eq!(told, format!("--domain takes a name such as example.com, not `{domain}`"));
        }
    }

    #[test]
    fn a_port_that_nobody_knows_is_refused() {
        let told = written(Kind::Caddy, "a.example", &["ORION_LISTEN=127.0.0.1:0"]).unwrap_err();
        assert!(told.starts_with("the application listens on another port at each start"), "{told}");
    }
}

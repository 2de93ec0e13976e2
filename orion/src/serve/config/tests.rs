use super::*;

fn toml(text: &str) -> Result<Config, ConfigError> {
    Config::of_toml("app", text)
}

#[test]
fn a_file_sets_what_it_names_and_leaves_the_rest() {
    let config = toml("listen = '0.0.0.0:80'\nsynchronous = 'normal'\nwrite_timeout = 2.5").unwrap();
    assert_eq!(config.listen, "0.0.0.0:80".parse().unwrap());
    assert_eq!(config.synchronous, Synchronous::Normal);
    assert_eq!(config.write_timeout, Duration::from_millis(2500));
    assert_eq!(config.queue, 4096);
}

#[test]
fn every_problem_is_listed_at_once() {
    let text = "listen = 'nowhere'\nqueue = -1\nsecret = 'short'\nlisen = 1\nrequest_timeout = 0\nlog = 'orion=loud'";
    let problems = toml(text).unwrap_err().0;
    let found = |start: &str| problems.iter().any(|problem| problem.starts_with(start));
    assert_eq!(problems.len(), 6, "{problems:#?}");
    assert!(
        found("listen: must be an address and a port, such as 127.0.0.1:3000, not `nowhere`"),
        "{problems:#?}"
    );
    assert!(found("queue: must be a number of commands, not -1"), "{problems:#?}");
    assert!(found("request_timeout: must be a number of seconds above 0"), "{problems:#?}");
    assert!(found("secret: must have at least 32 characters"), "{problems:#?}");
    assert!(found("log: must be a filter"), "{problems:#?}");
    assert!(found("lisen: there is no such setting"), "{problems:#?}");
}

#[test]
fn a_variable_is_what_its_setting_asks_for() {
    for digits in [
        "12345678901234567890123456789012",
        "1e45678901234567890123456789e123",
        "[true]=--------------------------",
    ] {
        assert_eq!(toml(&format!("secret = '{digits}'")).unwrap().secret.as_deref(), Some(digits));
        let config = Config::of_pairs("app", &[("ORION_SECRET", digits)]).unwrap();
        assert_eq!(config.secret.as_deref(), Some(digits));
    }
    let said = [
        ("ORION_DATABASE", "7"),
        ("ORION_QUEUE", "7"),
        ("ORION_DEVELOPMENT", "false"),
        ("ORION_READ_TIMEOUT", "1.5"),
        ("ORION_WRITE_TIMEOUT", "2"),
        ("ORION_ORIGINS", r#"["https://a.example", "https://b.example"]"#),
    ];
    let config = Config::of_pairs("app", &said).unwrap();
    assert_eq!((config.database.to_str(), config.queue, config.development), (Some("7"), 7, false));
    assert_eq!((config.read_timeout.as_millis(), config.write_timeout.as_millis()), (1500, 2000));
    assert_eq!(config.origins, ["https://a.example", "https://b.example"]);
    let problems = Config::of_pairs("app", &[("ORION_QUEUE", "many")]).unwrap_err().0;
    assert_eq!(problems, ["queue: must be a number of commands, not `many`"]);
}

#[test]
fn what_is_wrong_with_a_secret_is_told_without_it() {
    let said = [("ORION_FORMER_SECRETS", "hunter2")];
    let problems = Config::of_pairs("app", &said).unwrap_err().0;
    assert_eq!(problems, ["former_secrets: must be a list of secrets, such as [\"database\"]"]);
    assert_eq!(toml("secret = 42").unwrap_err().0, ["secret: must be a text of at least 32 characters"]);
}

#[test]
fn a_file_that_is_no_toml_is_a_problem() {
    assert!(toml("listen = ").unwrap_err().0[0].starts_with("the file cannot be read"));
}

#[test]
fn variables_that_are_given_are_checked_as_those_of_the_environment() {
    let config = Config::of_pairs("app", &[("ORION_LISTEN", "0.0.0.0:80"), ("PATH", "/bin")]).unwrap();
    assert_eq!(config.listen, "0.0.0.0:80".parse().unwrap());
    let problems = Config::of_pairs("app", &[("ORION_LISEN", "0.0.0.0:80")]).unwrap_err().0;
    assert!(problems[0].starts_with("lisen: there is no such setting; there are listen,"), "{problems:#?}");
}

#[test]
fn a_certificate_and_its_key_go_together() {
    let problems = toml("tls_cert = 'a.pem'").unwrap_err().0;
    assert_eq!(problems, ["tls_key: must be there where tls_cert is"]);
    let problems = toml("tls_key = 'a.pem'").unwrap_err().0;
    assert_eq!(problems, ["tls_cert: must be there where tls_key is"]);
    let pair = "tls_cert = 'a.pem'\ntls_key = 'b.pem'";
    assert!(toml(pair).is_ok());
    let problems = toml(&format!("{pair}\nacme = ['a.example']")).unwrap_err().0;
    assert_eq!(problems, ["acme: must not be there where tls_cert is"]);
}

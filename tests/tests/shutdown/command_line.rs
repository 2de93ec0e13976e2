//! The command line and the configuration, word for word.

use crate::{text, todos};
use std::process::Output;

async fn run(arguments: &[&str], environment: &[(&str, &str)]) -> Output {
    let launch = arguments.iter().fold(todos(), |launch, argument| launch.arg(*argument));
    environment.iter().fold(launch, |launch, (name, value)| launch.env(*name, *value)).run().await
}

#[tokio::test]
async fn help_lists_the_commands() {
    let output = run(&["--help"], &[]).await;
    assert_eq!(
        text(&output.stdout),
        "\
Usage: todos [COMMAND]

Commands:
  serve    Answer requests (the default)
  migrate  Apply what the database still lacks
  unit     Print the units under which systemd runs it, or place them
  proxy    Print how Caddy or nginx is set up in front of it
  doctor   Find what is wrong with a deployment: from outside, and on this machine
  routes   List every route: method, path and who answers it
  graph    Show how a click becomes a change: commands, tables, topics, regions, pages

Options:
  -h, --help     Print help
  -V, --version  Print version
"
    );
    assert_eq!(output.status.code(), Some(0));
}

#[tokio::test]
async fn the_version_is_of_the_application_and_of_orion() {
    let output = run(&["--version"], &[]).await;
    assert_eq!(text(&output.stdout), format!("todos on orion {}\n", env!("CARGO_PKG_VERSION")));
}

#[tokio::test]
async fn an_unknown_command_is_refused() {
    let output = run(&["frobnicate"], &[]).await;
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).starts_with("error: unrecognized subcommand 'frobnicate'\n"));
}

#[tokio::test]
async fn routes_are_listed_in_the_order_of_their_declarations() {
    let output = run(&["routes"], &[]).await;
    assert_eq!(
        text(&output.stdout),
        "\
GET    /                   page todos::home
POST   /todos              command todos::create
POST   /todos/{id}/toggle  command todos::toggle
"
    );
    assert_eq!(output.status.code(), Some(0));
}

#[tokio::test]
async fn the_graph_shows_what_each_command_repaints() {
    let output = run(&["graph"], &[]).await;
    assert_eq!(
        text(&output.stdout),
        "\
slice todos, owns todos
  command todos::create  POST /todos
    writes    todos
    repaints  todos::list
  command todos::toggle  POST /todos/{id}/toggle
    writes    todos
    repaints  todos::list
  region todos::list
    reads     todos
    offers    todos::toggle
    shown by  todos::home
  page todos::home  /
    shows     todos::list
    offers    todos::create
"
    );
    let json = run(&["graph", "--format", "json"], &[]).await;
    let graph: serde_json::Value = serde_json::from_slice(&json.stdout).unwrap();
    assert_eq!(graph["slices"][0]["commands"][1]["changes"], serde_json::json!(["todos::list"]));
    let dot = text(&run(&["graph", "--format", "dot"], &[]).await.stdout);
    assert!(dot.starts_with("digraph application {\n") && dot.ends_with("}\n"), "{dot}");
    assert!(dot.contains("  \"command todos::create\" -> \"table todos\";\n"), "{dot}");
}

#[tokio::test]
async fn a_migration_is_asked_for_applied_and_done() {
    let folder = tempfile::tempdir().unwrap();
    let database = folder.path().join("it.db");
    let database = database.to_str().unwrap();
    let told = async |arguments: &[&str]| {
        let output = run(arguments, &[("ORION_DATABASE", database), ("ORION_LOG", "warn")]).await;
        assert_eq!(text(&output.stderr), "");
        (output.status.code(), text(&output.stdout))
    };
    let missing = (Some(1), "missing: todos::CREATE\n".to_owned());
    assert_eq!(told(&["migrate", "--check"]).await, missing);
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0, "asking leaves nothing behind");
    assert_eq!(told(&["migrate"]).await, (Some(0), "applied: todos::CREATE\n".to_owned()));
    let done = (Some(0), format!("{database} is up to date\n"));
    assert_eq!(told(&["migrate", "--check"]).await, done);
    assert_eq!(told(&["migrate"]).await, done);
}

#[tokio::test]
async fn a_second_process_on_one_file_is_refused_whatever_its_port() {
    let app = todos().start().await;
    let database = app.folder().join("todos.db");
    let environment = [("ORION_DATABASE", database.to_str().unwrap()), ("ORION_LISTEN", "127.0.0.1:0")];
    for command in ["serve", "migrate"] {
        let output = run(&[command], &environment).await;
        assert_eq!(
                text(&output.stderr),
                format!(
                    "\
error: the database `{}` cannot be opened: another orion process has it open (process {})
help: two processes on one file would not hear of each other's changes; stop the other one first, or give this one a file of its own
",
                    database.display(),
                    app.id().unwrap()
                )
            );
        assert_eq!(output.status.code(), Some(1));
    }
    let check = run(&["migrate", "--check"], &environment).await;
    assert_eq!(check.status.code(), Some(0), "asking needs no lock");
    assert_eq!(app.client().get("/").send().await.status, 200);
}

#[tokio::test]
async fn every_problem_of_the_configuration_is_listed() {
    let environment = [
        ("ORION_LISTEN", "nowhere"),
        ("ORION_SYNCHRONOUS", "sometimes"),
        ("ORION_WRITE_TIMEOUT", "0"),
        ("ORION_SECRET", "short"),
        ("ORION_LISEN", "127.0.0.1:3000"),
    ];
    let output = run(&[], &environment).await;
    assert_eq!(
            text(&output.stderr),
            "\
error: the configuration has 5 problems:
  listen: must be an address and a port, such as 127.0.0.1:3000, not `nowhere` (ORION_LISTEN in the environment)
  synchronous: must be `full` or `normal`, not `sometimes` (ORION_SYNCHRONOUS in the environment)
  write_timeout: must be a number of seconds above 0 (ORION_WRITE_TIMEOUT in the environment)
  lisen: there is no such setting (ORION_LISEN in the environment); there are listen, health, database, synchronous, queue, \
             development, secret, former_secrets, origins, proxies, tls_cert, tls_key, redirect, acme, acme_directory, log, log_format, \
             header_limit, body_limit, request_timeout, read_timeout, write_timeout, shutdown_timeout, connections_per_client, \
             connections, streams_per_viewer, streams_per_client, streams
  secret: must have at least 32 characters; try `openssl rand -hex 32`
"
        );
    assert_eq!(output.status.code(), Some(1));
}

#[tokio::test]
async fn a_configuration_file_that_is_named_must_be_there() {
    let output = run(&["migrate", "--check"], &[("ORION_CONFIG", "/nowhere/orion.toml")]).await;
    assert_eq!(
        text(&output.stderr),
        "\
error: the configuration has 1 problem:
  there is no file /nowhere/orion.toml (ORION_CONFIG in the environment)
"
    );
    assert_eq!(output.status.code(), Some(1));
}

#[tokio::test]
async fn a_port_that_is_taken_is_named_with_the_way_out() {
    let app = todos().start().await;
    let taken = format!("127.0.0.1:{}", app.port());
    let output = run(&[], &[("ORION_LISTEN", &taken), ("ORION_LOG", "warn")]).await;
    let said = text(&output.stderr);
    assert!(said.starts_with(&format!("error: cannot listen on {taken}: Address already in use")), "{said}");
    let help = "\nhelp: set ORION_LISTEN to another address, such as 127.0.0.1:3001\n";
    assert!(said.ends_with(help), "{said}");
    assert_eq!(output.status.code(), Some(1));
}

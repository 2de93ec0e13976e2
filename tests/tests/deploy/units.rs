//! What `app unit` writes, judged and run by systemd itself.

use orion_tests::{Client, Load, Machine, binary};
use serde_json::Value as Json;
use std::time::Duration;

const PROGRAM: &str = "/usr/local/bin/todos";
const UNITS: [&str; 2] = ["/etc/systemd/system/todos.service", "/etc/systemd/system/todos.socket"];
/// What an exposure of 2.0 is called by `--threshold`.
const EXPOSURE: &str = "--threshold=20";

const RESTARTS: usize = 3;
const WRITERS: usize = 8;
const PAUSE: Duration = Duration::from_millis(2);

/// A machine with the application installed, which listens on a port of its own.
async fn installed(more: &[&str]) -> (Machine, Client) {
    let machine = Machine::start("todos").await;
    let port = orion_tests::port::free();
    let listen = format!("ORION_LISTEN=127.0.0.1:{port}");
    let told = machine.run(PROGRAM, &[&["unit", "--install", "--env", &listen], more].concat());
    assert!(told.starts_with("placed /etc/systemd/system/todos.service\n"), "{told}");
    (machine, Client::new(&format!("http://127.0.0.1:{port}")))
}

async fn running(more: &[&str]) -> (Machine, Client) {
    let (machine, client) = installed(more).await;
    machine.systemctl(&["daemon-reload"]);
    machine.systemctl(&["enable", "--now", "todos.socket", "todos.service"]);
    (machine, client)
}

#[tokio::test]
async fn systemd_finds_nothing_wrong_with_the_units() {
    let odd = r#"ORION_SECRET=50% of "them" cost $HOME, say 32 letters"#;
    let database = "ORION_DATABASE=/srv/of its own/todos.db";
    let secure = ["--tls-cert", "/etc/50% of \"it\": all/fullchain.pem", "--tls-key", "/root/a key"];
    for more in [
        vec![],
        vec!["--user", "games", "--dir", "/srv/to do", "--env", odd, "--env", database],
        secure.to_vec(),
    ] {
        let (machine, _) = installed(&more).await;
        machine.run("systemd-analyze", &[&["verify"], &UNITS[..]].concat());
        let judged =
            machine.run("systemd-analyze", &["security", "--offline=true", EXPOSURE, "--no-pager", UNITS[0]]);
        println!("{}", judged.lines().last().unwrap_or_default());
        machine.systemctl(&["daemon-reload"]);
        if more.contains(&"--tls-cert") {
            let unit = std::fs::read_to_string(machine.units().join("todos.service")).unwrap();
            assert!(
                unit.contains("\nLoadCredential=fullchain.pem:/etc/50%% of \"it\": all/fullchain.pem\n"),
                "{unit}"
            );
            assert!(
                machine
                    .property("Environment")
                    .contains("ORION_TLS_KEY=/run/credentials/todos.service/privkey.pem")
            );
        }
        for variable in more.iter().filter(|text| text.starts_with("ORION_")) {
            let variables = machine.property("Environment").replace("\\\"", "\"").replace("\\$", "$");
            assert!(variables.contains(variable), "{variables}");
        }
    }
}

#[tokio::test]
async fn what_the_service_could_not_see_is_refused() {
    let told = |arguments: &[&str]| {
        let output =
            std::process::Command::new(binary("todos")).arg("unit").args(arguments).output().unwrap();
        assert_eq!(output.status.code(), Some(1));
        String::from_utf8(output.stderr).unwrap()
    };
    let help = "help: programs belong into /usr/local/bin, data below /var/lib or /srv\n";
    let program = told(&["--program", "/root/todos"]);
    assert_eq!(
        program,
        format!("error: the program is /root/todos, and the service does not see /root\n{help}")
    );
    let folder = told(&["--program", PROGRAM, "--user", "ann", "--dir", "/home/ann"]);
    assert_eq!(folder, format!("error: the folder is /home/ann, and the service does not see /home\n{help}"));
    let nobodys = told(&["--program", PROGRAM, "--dir", "/srv/todos"]);
    assert!(nobodys.starts_with("error: --dir needs --user\n"), "{nobodys}");
    assert_eq!(told(&["--program", PROGRAM, "--env", "=x"]), "error: --env takes NAME=VALUE, not `=x`\n");
    let pair = ["--program", PROGRAM, "--tls-cert", "a.pem", "--tls-key", "b.pem", "--env"];
    let twice = told(&[&pair[..], &["ORION_TLS_KEY=c.pem"]].concat());
    assert!(
        twice.starts_with("error: ORION_TLS_KEY is set, and --tls-cert and --tls-key set it too\nhelp: "),
        "{twice}"
    );
    let both = told(&[&pair[..], &["ORION_ACME=[\"todos.example\"]"]].concat());
    assert!(both.contains("acme: must not be there where tls_cert is"), "{both}");
    let wrong = told(&["--program", PROGRAM, "--env", "ORION_QUEUE=many"]);
    assert!(wrong.contains("queue: must be a number of commands, not `many`"), "{wrong}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn restarts_by_systemd_refuse_nobody() {
    let (machine, client) = running(&[]).await;
    let load = Load::start(&client, WRITERS, PAUSE);
    for _ in 0..RESTARTS {
        load.goes_on().await;
        machine.systemctl(&["restart", "todos.service"]);
    }
    load.goes_on().await;
    let told = load.stop_and_count(&format!("{RESTARTS} restarts by systemd")).await;
    assert_eq!(told.failed, [""; 0]);
    assert_eq!(machine.property("NRestarts"), "0", "it never failed");
    assert!(machine.state().join("private/todos/todos.db").is_file());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_is_killed_is_started_again_and_nobody_is_refused() {
    let (machine, client) = running(&[]).await;
    let load = Load::start(&client, WRITERS, PAUSE);
    for times in 1..=RESTARTS {
        load.goes_on().await;
        machine.systemctl(&["kill", "--signal=KILL", "todos.service"]);
        let (asked, now) = (["show", "--value", "-p", "ActiveState", "todos.service"], "active");
        machine.until("it was started again", &asked, |state| state == now).await;
        println!("kill -9 number {times}: systemd started it again {} times", machine.property("NRestarts"));
    }
    load.goes_on().await;
    let told = load.stop_and_count(&format!("{RESTARTS} times kill -9 under systemd")).await;
    assert!(!told.failed.iter().any(|failed| failed.contains("ConnectionRefused")), "{:?}", told.failed);
}

#[tokio::test]
async fn the_watchdog_is_fed_while_all_answer_and_ends_who_hangs() {
    let (machine, client) = installed(&[]).await;
    let hurry = machine.units().join("todos.service.d");
    std::fs::create_dir(&hurry).unwrap();
    std::fs::write(hurry.join("hurry.conf"), "[Service]\nWatchdogSec=1\n").unwrap();
    machine.systemctl(&["daemon-reload"]);
    machine.systemctl(&["enable", "--now", "todos.socket", "todos.service"]);
    let fed = ["show", "--value", "-p", "WatchdogTimestampMonotonic", "todos.service"];
    for _ in 0..10 {
        let before = machine.property("WatchdogTimestampMonotonic");
        machine.until("the watchdog was fed", &fed, |now| now != before).await;
    }
    assert_eq!(machine.property("NRestarts"), "0");

    // Another program takes the file, and the writer waits for it, longer than the watchdog does.
    let other = rusqlite::Connection::open(machine.state().join("private/todos/todos.db")).unwrap();
    other.execute_batch("begin immediate").unwrap();
    let restarts = ["show", "--value", "-p", "NRestarts", "todos.service"];
    machine.until("systemd ended it and started it again", &restarts, |count| count != "0").await;
    drop(other);
    let report = |entry: &Json| entry["ORION_REPORT"].as_str().unwrap_or_default().to_owned();
    let journal = machine.journal();
    assert!(journal.iter().any(|entry| report(entry).starts_with("writer: no answer")), "{journal:?}");
    assert_eq!(client.get("/").send().await.status, 200);
}

#[tokio::test]
async fn the_journal_has_a_field_for_each_part_of_an_event() {
    let (machine, client) = running(&[]).await;
    client.post("/todos").form(&[("title", "milk")]).send().await;
    let journal = machine.journal();
    let request = journal.iter().find(|entry| entry["MESSAGE"] == "request").expect("requests are logged");
    for (field, value) in [
        ("ORION_METHOD", "POST"),
        ("ORION_ROUTE", "/todos"),
        ("ORION_STATUS", "303"),
        ("PRIORITY", "5"),
        ("SYSLOG_IDENTIFIER", "todos"),
        ("_SYSTEMD_UNIT", "todos.service"),
    ] {
        assert_eq!(request[field], value, "{field} of {request}");
    }
}

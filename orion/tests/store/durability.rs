//! What was answered with success is in the file, whenever and however the process ends.

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader, Read, Write as _};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;

use orion::store::sqlite::{OpenError, Options, Sqlite, Synchronous};

use super::place::{NOTES, insert, wait};

/// Set where this very test binary runs as the process that is killed: the path of the database.
const VICTIM: &str = "ORION_TEST_VICTIM";

/// The process that is killed: it writes from several threads and prints each text once it was answered.
#[test]
fn the_process_that_is_killed_is_this_binary() {
    let Ok(path) = std::env::var(VICTIM) else { return };
    let store = Arc::new(Sqlite::open(path, &Options::default()).unwrap());
    store.migrate(&[&NOTES]).unwrap();
    let writers: Vec<_> = (0..8)
        .map(|writer| {
            let store = Arc::clone(&store);
            std::thread::spawn(move || {
                for number in 0.. {
                    let text = format!("{writer}.{number}");
                    let sent = text.clone();
                    wait(orion::store::write(&*store, move |tx| {
                        // Two rows: half of a write would show.
                        insert(tx, &sent)?;
                        insert(tx, &format!("{sent}+"))
                    }))
                    .unwrap();
                    let mut out = std::io::stdout().lock();
                    writeln!(out, "answered {text}").unwrap();
                    out.flush().unwrap();
                }
            })
        })
        .collect();
    for writer in writers {
        writer.join().unwrap();
    }
}

fn victim(path: &Path) -> Child {
    Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "durability::the_process_that_is_killed_is_this_binary", "--nocapture"])
        .env(VICTIM, path)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

#[test]
fn a_killed_process_loses_no_answered_write_and_leaves_no_half_of_one() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("app.db");
    let mut answered = BTreeSet::new();
    for round in 1..=3 {
        // Each round starts from what the one before it left behind.
        let mut child = victim(&path);
        let mut out = BufReader::new(child.stdout.take().unwrap());
        let mut line = String::new();
        let enough = answered.len() + 150 * round;
        let mut note = |line: &str| {
            if let Some((_, text)) = line.split_once("answered ") {
                answered.insert(format!("{round}/{}", text.trim()));
            }
            answered.len() < enough
        };
        while out.read_line(&mut line).unwrap() > 0 {
            let more = note(&line);
            line.clear();
            if !more {
                break;
            }
        }
        child.kill().unwrap();
        child.wait().unwrap();
        // What it had said before it died; a line that was cut short was not said.
        let mut rest = String::new();
        out.read_to_string(&mut rest).unwrap();
        rest.split_inclusive('\n').filter(|line| line.ends_with('\n')).for_each(|line| {
            note(line);
        });

        let file = rusqlite::Connection::open(&path).unwrap();
        let sound: String = file.query_row("pragma integrity_check", [], |row| row.get(0)).unwrap();
        assert_eq!(sound, "ok");
        let kept: BTreeSet<String> = file
            .prepare("select text from notes")
            .unwrap()
            .query_map([], |row| row.get(0))
            .unwrap()
            .collect::<Result<_, _>>()
            .unwrap();
        let said: Vec<_> =
            answered.iter().filter_map(|text| text.strip_prefix(&format!("{round}/"))).collect();
        assert!(said.len() >= 100, "the process wrote {}", said.len());
        for text in said {
            assert!(kept.contains(text), "{text} was answered and is lost");
        }
        for text in kept.iter().filter(|text| !text.ends_with('+')) {
            assert!(kept.contains(&format!("{text}+")), "half of {text} is there");
        }
        // The next victim writes the same texts again.
        file.execute("delete from notes", []).unwrap();
    }
}

#[test]
fn a_second_process_on_the_same_file_is_refused_until_the_first_is_gone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("app.db");
    let mut first = victim(&path);
    let mut out = BufReader::new(first.stdout.take().unwrap());
    let mut line = String::new();
    while !line.contains("answered ") {
        line.clear();
        assert!(out.read_line(&mut line).unwrap() > 0);
    }
    let error = Sqlite::open(&path, &Options::default()).unwrap_err();
    let id = first.id();
    assert!(matches!(error, OpenError::InUse { process: Some(process), .. } if process == id), "{error}");
    first.kill().unwrap();
    first.wait().unwrap();
    Sqlite::open(&path, &Options::default().synchronous(Synchronous::Normal)).unwrap();
}

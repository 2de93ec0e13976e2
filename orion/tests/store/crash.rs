//! Death between any two steps of a command: what was answered is in the file, and no half of a command is.
//!
//! The test runs itself as the process that dies. It dies by its own hand inside a command or between the commit and the answers, which
//! needs no failpoint in the library: a command and the hearer of commits are the caller's code. Where no code of
//! the caller runs it is killed from outside: after a number of answers, or as soon as the log is seen to be moved.
//! `ORION_CRASHES` says how often; each run's seed is its number.

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader, Write as _};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use orion::decl::{Migration, Slice, Statement};
use orion::store::Store as _;
use orion::store::sqlite::{Options, Sqlite};
use orion::{NotFound, Result, Tx, Value};

use super::place::wait;

static TILL: Slice = Slice::new("till").tables(&["taken", "given", "till"]).migrations(&[Migration::new(
    "CREATE",
    "create table taken (name text primary key, amount integer not null) strict;
     create table given (name text primary key, amount integer not null, slip text not null) strict;
     create table till (balance integer not null) strict;
     insert into till values (0)",
)]);
const TAKE: Statement = Statement::new("insert into taken (name, amount) values (?, ?)").writes(&["taken"]);
const GIVE: Statement =
    Statement::new("insert into given (name, amount, slip) values (?, ?, ?)").writes(&["given"]);
const BALANCE: Statement = Statement::new("update till set balance = balance + ?").writes(&["till"]);

/// Set where this binary runs as the process that dies: the database, the run, where it dies and at which passage.
const VICTIM: &str = "ORION_TEST_CRASH";

/// Where the process dies.
const POINTS: [&str; 6] = ["first", "second", "last", "committed", "outside", "moving"];

/// A place in the victim that ends it when it is passed for the `left`-th time.
struct Fuse {
    point: String,
    left: AtomicU32,
}

impl Fuse {
    fn pass(&self, point: &str, name: &str) {
        if self.point == point && self.left.fetch_sub(1, Ordering::Relaxed) == 1 {
            say("dies", name);
            std::process::abort();
        }
    }
}

fn say(what: &str, name: &str) {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{what} {name}").unwrap();
    out.flush().unwrap();
}

/// A command of three statements that belong together.
fn sell(tx: &Tx, name: &str, amount: i64, fuse: &Fuse) -> Result<()> {
    tx.execute(&TAKE, &[Value::Text(name), Value::Integer(amount)])?.one_or(NotFound)?;
    fuse.pass("first", name);
    // Long, so that the log is moved again and again.
    let slip = "x".repeat(60_000);
    tx.execute(&GIVE, &[Value::Text(name), Value::Integer(amount), Value::Text(&slip)])?.one_or(NotFound)?;
    fuse.pass("second", name);
    tx.execute(&BALANCE, &[Value::Integer(amount)])?.one_or(NotFound)?;
    fuse.pass("last", name);
    Ok(())
}

#[test]
fn the_process_that_dies_is_this_binary() {
    let Ok(how) = std::env::var(VICTIM) else { return };
    let [path, run, point, passage] = how.split('|').collect::<Vec<_>>()[..] else { panic!("{how}") };
    let fuse = Arc::new(Fuse { point: point.to_owned(), left: AtomicU32::new(passage.parse().unwrap()) });
    let store = Sqlite::open(path, &Options::default()).unwrap();
    store.migrate(&[&TILL]).unwrap();
    let heard = Arc::clone(&fuse);
    store.on_commit(Arc::new(move |_| heard.pass("committed", "")));
    std::thread::scope(|scope| {
        for writer in 0..6 {
            let (store, fuse) = (&store, &fuse);
            scope.spawn(move || {
                for number in 0.. {
                    let name = format!("{run}.{writer}.{number}");
                    let (sold, fuse) = (name.clone(), Arc::clone(fuse));
                    wait(orion::store::write(store, move |tx| sell(tx, &sold, number + 1, &fuse))).unwrap();
                    say("answered", &name);
                }
            });
        }
    });
}

/// What a process said before it died.
struct Said {
    answered: BTreeSet<String>,
    dies: Option<String>,
}

fn length(path: &Path) -> u64 {
    std::fs::metadata(path).map_or(0, |file| file.len())
}

fn run(path: &Path, run: u32, point: &str, passage: u32) -> Said {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "crash::the_process_that_dies_is_this_binary", "--nocapture"])
        .env(VICTIM, format!("{}|{run}|{point}|{passage}", path.display()))
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut out = BufReader::new(child.stdout.take().unwrap());
    let mut said = Said { answered: BTreeSet::new(), dies: None };
    let mut line = String::new();
    let before = length(path);
    // A line that was cut short was not said.
    while out.read_line(&mut line).unwrap() > 0 && line.ends_with('\n') {
        if let Some((_, name)) = line.trim_end().split_once("answered ") {
            said.answered.insert(name.to_owned());
        } else if let Some((_, name)) = line.trim_end_matches('\n').split_once("dies ") {
            said.dies = Some(name.to_owned());
        }
        // Only a move of the log makes the file itself so much longer.
        let now = match point {
            "outside" => said.answered.len() == passage as usize,
            "moving" => length(path) > before + 100_000,
            _ => false,
        };
        if now {
            child.kill().unwrap();
        }
        line.clear();
    }
    let status = child.wait().unwrap();
    assert!(!status.success() && status.code().is_none(), "run {run} was to die at {point}: {status}");
    assert_eq!(said.dies.is_some(), !["outside", "moving"].contains(&point), "run {run} at {point}");
    said
}

fn names(file: &rusqlite::Connection, of: &str) -> BTreeSet<String> {
    let mut rows = file.prepare(&format!("select name || '=' || amount from {of}")).unwrap();
    rows.query_map([], |row| row.get(0)).unwrap().collect::<rusqlite::Result<_>>().unwrap()
}

/// Looks at the file as the next process would find it.
fn look(path: &Path, number: u32, point: &str, said: &Said) {
    let file = rusqlite::Connection::open(path).unwrap();
    let sound: String = file.query_row("pragma integrity_check", [], |row| row.get(0)).unwrap();
    assert_eq!(sound, "ok", "run {number} at {point}");
    let taken = names(&file, "taken");
    assert_eq!(taken, names(&file, "given"), "half a command, run {number} at {point}");
    let off: i64 = file
        .query_row("select balance - (select coalesce(sum(amount), 0) from taken) from till", [], |row| {
            row.get(0)
        })
        .unwrap();
    assert_eq!(off, 0, "the balance, run {number} at {point}");

    let kept: BTreeSet<_> =
        taken.iter().filter_map(|row| row.split_once('=')).map(|(name, _)| name).collect();
    for name in &said.answered {
        assert!(kept.contains(name.as_str()), "{name} was answered and is lost, at {point}");
    }
    let mine = kept.iter().filter(|name| name.starts_with(&format!("{number}."))).count();
    match (point, &said.dies) {
        // These show that it died where it was to die.
        ("committed", _) => {
            assert!(mine > said.answered.len(), "nothing was committed and not answered, run {number}");
        }
        (_, Some(name)) => assert!(!kept.contains(name.as_str()), "{name} was not committed, at {point}"),
        (_, None) => {}
    }
}

#[test]
fn kill_9_at_any_moment_keeps_every_command_that_was_answered_and_no_half_of_one() {
    let runs: u32 = std::env::var("ORION_CRASHES").map_or(60, |runs| runs.parse().unwrap());
    assert!(runs >= 6, "each point needs a run");
    let mut folder = tempfile::tempdir().unwrap();
    for number in 0..runs {
        // Most runs start from what the one before them left; now and then a new file, so that the check stays quick.
        if number % 12 == 0 {
            folder = tempfile::tempdir().unwrap();
        }
        let path = folder.path().join("app.db");
        let point = POINTS[number as usize % POINTS.len()];
        // Any spread will do; this one repeats late.
        let passage = 1 + number.wrapping_mul(2_654_435_761) % 97;
        let said = run(&path, number, point, passage);
        look(&path, number, point, &said);
    }
}

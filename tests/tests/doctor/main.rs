//! What `app doctor` finds on the machine that has the database. What it finds from outside is in `proxies`.

use orion_tests::{App, binary, in_time};
use std::fs::{self, File, Permissions};
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, SystemTime};

/// Less some seconds when somebody looks.
const AHEAD: Duration = Duration::from_hours(48);

/// The files of a `board` that has ended in good order, closed to others.
struct Place {
    _app: App,
    folder: PathBuf,
}

impl Place {
    async fn new() -> Self {
        let mut app = App::start(binary("board")).await;
        app.term().await;
        let place = Self { folder: app.folder(), _app: app };
        fs::set_permissions(place.database(), Permissions::from_mode(0o600)).unwrap();
        place
    }

    fn database(&self) -> PathBuf {
        self.folder.join("board.db")
    }

    /// What is wrong there, each thing with a way out.
    async fn wrong(&self, arguments: &[&str]) -> Vec<String> {
        let mut command = Command::new(binary("board"));
        command.arg("doctor").args(arguments).current_dir(&self.folder);
        let ran = tokio::task::spawn_blocking(move || command.output());
        let output = in_time("the doctor was done", ran).await.unwrap().expect("the doctor runs");
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        let wrong: Vec<_> =
            text.lines().filter_map(|line| line.strip_prefix("wrong  ")).map(str::to_owned).collect();
        assert_eq!(text.matches("\n       help: ").count(), wrong.len(), "{text}");
        assert_eq!(output.status.code(), Some(i32::from(!wrong.is_empty())), "{text}");
        wrong
    }
}

#[tokio::test]
async fn nothing_is_wrong_with_what_an_application_leaves() {
    let place = Place::new().await;
    assert_eq!(place.wrong(&[]).await, [""; 0]);
}

#[tokio::test]
async fn a_file_that_others_can_read_is_found() {
    let place = Place::new().await;
    fs::set_permissions(place.database(), Permissions::from_mode(0o644)).unwrap();
    assert_eq!(place.wrong(&[]).await, ["every user of this machine gets at board.db, where secrets are"]);
}

#[tokio::test]
async fn a_log_that_another_user_owns_is_found() {
    let place = Place::new().await;
    let log = place.folder.join("board.db-wal");
    fs::write(&log, "").unwrap();
    fs::set_permissions(&log, Permissions::from_mode(0o600)).unwrap();
    std::os::unix::fs::chown(&log, Some(4711), None).expect("tests run as root, who may");
    let wrong = place.wrong(&[]).await;
    assert_eq!(
        wrong,
        ["board.db-wal belongs to another user than board.db: the application cannot write both"]
    );
}

#[tokio::test]
async fn a_database_in_another_mode_is_found() {
    let place = Place::new().await;
    let database = rusqlite::Connection::open(place.database()).unwrap();
    database.query_row("pragma journal_mode = delete", [], |_| Ok(())).unwrap();
    drop(database);
    let wrong = place.wrong(&[]).await;
    assert_eq!(wrong, ["board.db is not in WAL mode: readers wait for each write, and writes for readers"]);
}

#[tokio::test]
async fn backups_that_are_old_or_missing_are_found() {
    let place = Place::new().await;
    let backups = place.folder.join("backups");
    let asked = ["--backups", "backups"];
    assert!(place.wrong(&asked).await[0].starts_with("the backups in backups cannot be read: No such file"));
    fs::create_dir_all(backups.join("daily")).unwrap();
    assert_eq!(place.wrong(&asked).await, ["there is no backup in backups"]);
    backup(&backups.join("daily/old"), 72);
    assert_eq!(place.wrong(&asked).await, ["the newest backup in backups is 72 h old"]);
    backup(&backups.join("daily/new"), 3);
    assert_eq!(place.wrong(&asked).await, [""; 0]);
}

/// Who only asks how old it is would find nothing wrong until that time has come.
#[tokio::test]
async fn a_backup_from_a_time_that_is_yet_to_come_is_found() {
    let place = Place::new().await;
    let backups = place.folder.join("backups");
    fs::create_dir(&backups).unwrap();
    backup(&backups.join("old"), 72);
    File::create(backups.join("strange")).unwrap().set_modified(SystemTime::now() + AHEAD).unwrap();
    let wrong = place.wrong(&["--backups", "backups"]).await;
    assert_eq!(wrong, ["the newest backup in backups is from a time that is yet to come, in 47 h"]);
}

/// A file that was written so many hours ago.
fn backup(file: &Path, hours: u64) {
    let written = SystemTime::now() - Duration::from_secs(hours * 3600);
    File::create(file).unwrap().set_modified(written).unwrap();
}

#[tokio::test]
async fn where_there_is_nothing_to_look_at_that_is_an_error() {
    let told = App::of(binary("board")).arg("doctor").run().await;
    let text = String::from_utf8_lossy(&told.stderr).into_owned();
    assert_eq!(told.status.code(), Some(1));
    assert!(
        text.starts_with(
            "error: there is nothing to look at: no address was given, and there is no board.db\nhelp: "
        ),
        "{text}"
    );
}

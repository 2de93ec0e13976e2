//! Writes that are larger than what their savepoints keep in memory: the rest is in a temporary file, where there can be one.

use std::path::{Path, PathBuf};
use std::process::Command;

use orion::Error;
use orion::decl::Statement;
use orion::store::sqlite::{Options, Sqlite};

use super::place::{COUNT, NOTES, insert, wait};

/// A page is kept that was there before: each.
const UPDATE: Statement = Statement::new("update notes set text = 'x' || text").writes(&["notes"]);

/// Where the process without a folder for temporary files has its database.
const FOLDER: &str = "ORION_TEST_FOLDER";

/// A folder that is no temporary one.
fn folder() -> tempfile::TempDir {
    tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap()
}

/// Writes a megabyte, changes all of it in a write that fails, and finds what was there before.
fn is_undone_whole(folder: &Path) {
    let store = Sqlite::open(folder.join("notes.db"), &Options::default()).unwrap();
    store.migrate(&[&NOTES]).unwrap();
    let run = async {
        // Of several in a group each has a savepoint.
        let (kept, lost, after) = tokio::join!(
            orion::store::write(&store, |tx| {
                (0..10_000).try_for_each(|at| insert(tx, &format!("{at:0>100}")))
            }),
            orion::store::write(&store, move |tx| {
                assert_eq!(tx.execute(&UPDATE, &[])?.0, 10_000);
                Err::<(), _>(Error::field("text", "No"))
            }),
            orion::store::write(&store, |tx| insert(tx, "after")),
        );
        kept.unwrap();
        assert_eq!(lost.unwrap_err().status(), 422);
        after.unwrap();
        orion::store::read(&store, |db| db.one::<i64>(&COUNT, &[])).await.unwrap()
    };
    assert_eq!(wait(run), 10_001);
}

#[test]
fn a_large_write_that_fails_is_undone_whole() {
    is_undone_whole(folder().path());
}

/// As in a container whose root is read-only, with one place for the database.
#[test]
fn a_large_write_that_fails_is_undone_whole_though_no_folder_takes_temporary_files() {
    let folder = folder();
    let script =
        "mount -t tmpfs -o ro none /tmp && mount -t tmpfs -o ro none /var/tmp && cd /tmp && exec \"$@\"";
    let output = Command::new("unshare")
        .args(["--mount", "sh", "-c", script, "sh"])
        .arg(std::env::current_exe().unwrap())
        .args(["--exact", "temporary::the_process_without_temporary_files_is_this_binary", "--nocapture"])
        .env(FOLDER, folder.path())
        .env_remove("TMPDIR")
        .env_remove("SQLITE_TMPDIR")
        .output()
        .expect("`unshare` is there (tests/run installs it)");
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{told}");
    assert!(String::from_utf8_lossy(&output.stdout).contains("without temporary files"), "it ran: {told}");
}

#[test]
fn the_process_without_temporary_files_is_this_binary() {
    let Some(folder) = std::env::var_os(FOLDER).map(PathBuf::from) else { return };
    assert!(tempfile::tempdir().is_err(), "there is no folder for temporary files");
    is_undone_whole(&folder);
    println!("without temporary files");
}

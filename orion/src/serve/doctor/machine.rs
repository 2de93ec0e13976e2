//! What is wrong on the machine that has the database: with the file, with its disk, with its backups.

#[cfg(unix)]
mod files;

use std::fs::{self, File};
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use super::Finding;
use crate::serve::Config;

/// A day, and an hour for who makes them.
const BACKUPS_AGE: Duration = Duration::from_hours(25);
/// Backups of another machine may be a little ahead.
const CLOCKS_APART: Duration = Duration::from_mins(10);

/// Looks, and tells one finding after the other.
pub(super) fn look(config: &Config, backups: Option<&Path>, tell: &mut impl FnMut(Finding)) {
    let database = &config.database;
    if !database.exists() {
        return tell(Finding::open(format!(
            "this machine: there is no {}; ORION_DATABASE says where the database is",
            database.display()
        )));
    }
    tell(mode(database));
    #[cfg(unix)]
    for finding in files::look(database, config.tls_key.as_deref()) {
        tell(finding);
    }
    tell(match backups {
        None => Finding::open("backups: --backups says where they are"),
        Some(backups) => age(backups, SystemTime::now()),
    });
}

/// Whether readers and the writer wait for each other, as the file itself says (<https://www.sqlite.org/fileformat2.html>, section 1.3.3).
fn mode(database: &Path) -> Finding {
    let mut head = [0; 20];
    let name = database.display();
    match File::open(database).and_then(|mut file| file.read_exact(&mut head)) {
        Ok(()) if head[18..] == [2, 2] => Finding::well("the database is in WAL mode"),
        Ok(()) => Finding::wrong(
            format!("{name} is not in WAL mode: readers wait for each write, and writes for readers"),
            "start the application, which sets it; if it does not stay so, the file is on a network's disk, or another program resets it",
        ),
        Err(cause) => Finding::wrong(
            format!("{name} cannot be read: {cause}"),
            "look as the application's user or as root, at the file that it was told of",
        ),
    }
}

fn age(backups: &Path, now: SystemTime) -> Finding {
    let name = backups.display();
    let help = "whatever makes them has stopped or puts them elsewhere: look at its timer and its log";
    match newest(backups) {
        Err(cause) => Finding::wrong(format!("the backups in {name} cannot be read: {cause}"), help),
        Ok(None) => Finding::wrong(format!("there is no backup in {name}"), help),
        Ok(Some(newest)) if newest > now + CLOCKS_APART => {
            let hours = newest.duration_since(now).unwrap_or_default().as_secs() / 3600;
            Finding::wrong(
                format!("the newest backup in {name} is from a time that is yet to come, in {hours} h"),
                "a clock was wrong when it was made, or is now, which `timedatectl` says; until it is made anew or `touch`ed, nobody \
                    would notice that there are no others",
            )
        }
        Ok(Some(newest)) => {
            let age = now.duration_since(newest).unwrap_or_default();
            let hours = age.as_secs() / 3600;
            if age < BACKUPS_AGE {
                Finding::well(format!("the newest backup is {hours} h old"))
            } else {
                Finding::wrong(format!("the newest backup in {name} is {hours} h old"), help)
            }
        }
    }
}

/// When the newest file below was written.
fn newest(path: &Path) -> io::Result<Option<SystemTime>> {
    let (mut newest, mut left) = (None, vec![PathBuf::from(path)]);
    while let Some(path) = left.pop() {
        let about = fs::metadata(&path)?;
        if about.is_dir() {
            for entry in fs::read_dir(path)? {
                let entry = entry?;
                // A link may lead back.
                if !entry.file_type()?.is_symlink() {
                    left.push(entry.path());
                }
            }
        } else {
            newest = newest.max(Some(about.modified()?));
        }
    }
    Ok(newest)
}

//! Where databases lie: a folder on a real disk, what kind of disk that is, and the files that are made once.

use std::fs::{self, File};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::time::Instant;

use crate::{Outcome, clock, todos};

/// A folder for databases.
pub(crate) struct Disk {
    folder: PathBuf,
}

impl Disk {
    /// The folder that was asked for, or one in the target folder.
    pub(crate) fn at(folder: Option<&Path>) -> Outcome<Self> {
        let folder = match folder {
            Some(folder) => folder.to_owned(),
            // Of `target/release/orion-bench`.
            None => {
                std::env::current_exe()?.ancestors().nth(2).ok_or("the program lies nowhere")?.join("bench")
            }
        };
        fs::create_dir_all(&folder)?;
        Ok(Self { folder: folder.canonicalize()? })
    }

    /// The folder, its filesystem, and how long it takes to make 4 kB durable.
    pub(crate) fn describe(&self) -> Outcome<String> {
        let mut file = File::create(self.folder.join("probe"))?;
        let mut times = Vec::new();
        for _ in 0..100 {
            file.write_all(&[7; 4096])?;
            let start = Instant::now();
            file.sync_data()?;
            times.push(start.elapsed().as_secs_f64() * 1000.0);
        }
        fs::remove_file(self.folder.join("probe"))?;
        let (folder, kind) = (self.folder.display(), self.filesystem()?);
        Ok(format!("{folder} ({kind}; fdatasync of 4 kB: {:.2} ms)", clock::median(times)))
    }

    /// The type of the filesystem that holds the folder: the longest mount point above it.
    fn filesystem(&self) -> Outcome<String> {
        let mounts = fs::read_to_string("/proc/self/mounts")?;
        let mounts = mounts.lines().filter_map(|line| {
            let mut words = line.split(' ').skip(1);
            Some((words.next()?, words.next()?))
        });
        let above = mounts.filter(|(point, _)| self.folder.starts_with(point));
        Ok(above.max_by_key(|(point, _)| point.len()).map_or("unknown", |(_, kind)| kind).to_owned())
    }

    /// A database with so many rows. It is made once, and kept from one run to the next.
    pub(crate) fn rows(&self, rows: u64) -> Outcome<PathBuf> {
        let path = self.folder.join(format!("rows-{rows}.db"));
        if !path.exists() {
            let unfinished = self.folder.join("unfinished.db");
            for end in ["", "-wal", "-shm", "-lock"] {
                let _ = fs::remove_file(self.folder.join(format!("unfinished.db{end}")));
            }
            todos::fill(&unfinished, rows)?;
            fs::rename(&unfinished, &path)?;
        }
        Ok(path)
    }

    /// A folder of its own for a database that is thrown away.
    pub(crate) fn scratch(&self) -> Outcome<tempfile::TempDir> {
        Ok(tempfile::tempdir_in(&self.folder)?)
    }
}

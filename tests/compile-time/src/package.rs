//! The generated application as a package of its own.

use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::{env, fs};

use crate::source::{Style, application, slice};

/// A package on the disk.
pub(crate) struct Package {
    name: &'static str,
    folder: PathBuf,
    target: PathBuf,
    /// The lines of its sources.
    pub(crate) lines: usize,
}

impl Package {
    /// Writes the application of so many slices, each in a file of its own.
    pub(crate) fn write(root: &Path, style: Style, slices: usize) -> Result<Self, Box<dyn Error>> {
        let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize()?;
        let name = match style {
            Style::Macros => "with-macros",
            Style::ByHand => "by-hand",
        };
        let folder = root.join(name);
        fs::create_dir_all(folder.join("src"))?;
        let orion = workspace.join("orion").display().to_string();
        let manifest = format!(
            "[package]\nname = \"{name}\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[dependencies]\norion = {{ path = \"{orion}\" }}\nmaud = \"0.27\"\n\n[workspace]\n"
        );
        fs::write(folder.join("Cargo.toml"), manifest)?;
        fs::copy(workspace.join("Cargo.lock"), folder.join("Cargo.lock"))?;
        let mut lines = 0;
        let mut write = |name: String, text: String| {
            lines += text.lines().count();
            fs::write(folder.join("src").join(name), text)
        };
        write("main.rs".to_owned(), application(style, slices))?;
        for at in 0..slices {
            write(format!("s{at}.rs"), slice(style, at))?;
        }
        // Beside what is built anyway, so that a second run has its dependencies.
        let target = env::var_os("CARGO_TARGET_DIR").map_or_else(|| workspace.join("target"), PathBuf::from);
        Ok(Self { name, folder, target: target.join("compile-time"), lines })
    }

    /// Runs `cargo check`.
    pub(crate) fn check(&self) -> Result<(), Box<dyn Error>> {
        self.cargo(&["check", "--offline", "--quiet"])
    }

    /// Removes what was kept of the package itself.
    pub(crate) fn clean(&self) -> Result<(), Box<dyn Error>> {
        self.cargo(&["clean", "--offline", "--quiet", "--package", self.name])?;
        // What the macros kept of it is beside what the compiler did, and not Cargo's to remove.
        let kept = self.target.join("debug/incremental/orion");
        if kept.exists() { Ok(fs::remove_dir_all(kept)?) } else { Ok(()) }
    }

    /// Changes what stands after a text in one slice: its first occurrence, which is followed by a number.
    pub(crate) fn edit(&self, text: &str, turn: usize) -> Result<(), Box<dyn Error>> {
        let file = self.folder.join("src/s7.rs");
        let source = fs::read_to_string(&file)?;
        let at = source.find(text).ok_or_else(|| format!("the slice holds no `{text}`"))? + text.len();
        let rest = source[at..].trim_start_matches(|digit: char| digit.is_ascii_digit());
        fs::write(&file, format!("{}{}{rest}", &source[..at], turn + 10))?;
        Ok(())
    }

    /// Begins the same slice with another line: everything in it moves.
    pub(crate) fn move_lines(&self) -> Result<(), Box<dyn Error>> {
        let file = self.folder.join("src/s7.rs");
        let source = fs::read_to_string(&file)?;
        Ok(fs::write(&file, format!("// A line.\n{source}"))?)
    }

    fn cargo(&self, arguments: &[&str]) -> Result<(), Box<dyn Error>> {
        let mut cargo = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        cargo
            .args(arguments)
            .current_dir(&self.folder)
            .env("CARGO_TARGET_DIR", &self.target)
            .stdin(Stdio::null());
        let output = cargo.output()?;
        if output.status.success() {
            return Ok(());
        }
        Err(format!("cargo {arguments:?} in {}:\n{}", self.name, String::from_utf8_lossy(&output.stderr))
            .into())
    }
}

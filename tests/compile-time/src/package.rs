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
    /// The file that is edited.
    edited: &'static str,
    /// The lines of its sources.
    pub(crate) lines: usize,
}

/// What `todos` by hand is made of, as the manuals of these crates say.
const BY_HAND: &str = r#"axum = "0.8"
datastar = { version = "0.4", features = ["axum"] }
futures-util = "0.3"
maud = "0.27"
rusqlite = { version = "0.40", features = ["bundled"] }
serde = { version = "1", features = ["derive"] }
tokio = { version = "1", features = ["full"] }
tower-http = { version = "0.7", features = ["compression-br", "compression-gzip"] }
tracing = "0.1"
tracing-subscriber = { version = "0.3", features = ["env-filter"] }
"#;

impl Package {
    /// Writes the application of so many slices, each in a file of its own.
    pub(crate) fn write(root: &Path, style: Style, slices: usize) -> Result<Self, Box<dyn Error>> {
        let workspace = workspace()?;
        let name = match style {
            Style::Macros => "with-macros",
            Style::ByHand => "by-hand",
        };
        let folder = manifest(root, name, &of_orion(&workspace))?;
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
        Ok(Self { name, folder, target: target.join("compile-time"), edited: "src/s7.rs", lines })
    }

    /// Writes the example `todos`, or the same by hand, with a target folder of its own.
    pub(crate) fn todos(root: &Path, style: Style) -> Result<Self, Box<dyn Error>> {
        let workspace = workspace()?;
        let (name, dependencies, source) = match style {
            Style::Macros => ("todos", of_orion(&workspace), "examples/todos/src/main.rs"),
            Style::ByHand => {
                ("todos-by-hand", BY_HAND.to_owned(), "tests/compile-time/examples/todos_by_hand.rs")
            }
        };
        let folder = manifest(root, name, &dependencies)?;
        let source = fs::read_to_string(workspace.join(source))?;
        // Beside the sources in either package.
        let style = "../../../examples/todos/static/todos.css";
        fs::write(folder.join("src/main.rs"), source.replace(style, "../static/todos.css"))?;
        fs::create_dir(folder.join("static"))?;
        for file in ["todos.css", "favicon.svg"] {
            fs::copy(workspace.join("examples/todos/static").join(file), folder.join("static").join(file))?;
        }
        let (target, lines) = (folder.join("target"), source.lines().count());
        Ok(Self { name, folder, target, edited: "src/main.rs", lines })
    }

    /// Runs `cargo build`.
    pub(crate) fn build(&self) -> Result<(), Box<dyn Error>> {
        self.cargo(&["build", "--quiet"])
    }

    /// Removes everything that was built, dependencies too.
    pub(crate) fn clear(&self) -> Result<(), Box<dyn Error>> {
        if self.target.exists() { Ok(fs::remove_dir_all(&self.target)?) } else { Ok(()) }
    }

    /// Builds it for others; the bytes of the program.
    pub(crate) fn release(&self) -> Result<u64, Box<dyn Error>> {
        self.cargo(&["build", "--quiet", "--release"])?;
        Ok(self.target.join("release").join(self.name).metadata()?.len())
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

    /// Replaces a text, in the same file as the others.
    pub(crate) fn replace(&self, text: &str, by: &str) -> Result<(), Box<dyn Error>> {
        let file = self.folder.join(self.edited);
        let source = fs::read_to_string(&file)?;
        if !source.contains(text) {
            return Err(format!("the source holds no `{text}`").into());
        }
        Ok(fs::write(&file, source.replace(text, by))?)
    }

    /// Changes what stands after a text in one slice: its first occurrence, which is followed by a number.
    pub(crate) fn edit(&self, text: &str, turn: usize) -> Result<(), Box<dyn Error>> {
        let file = self.folder.join(self.edited);
        let source = fs::read_to_string(&file)?;
        let at = source.find(text).ok_or_else(|| format!("the slice holds no `{text}`"))? + text.len();
        let rest = source[at..].trim_start_matches(|digit: char| digit.is_ascii_digit());
        fs::write(&file, format!("{}{}{rest}", &source[..at], turn + 10))?;
        Ok(())
    }

    /// Begins the same slice with another line: everything in it moves.
    pub(crate) fn move_lines(&self) -> Result<(), Box<dyn Error>> {
        let file = self.folder.join(self.edited);
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

/// The folder of orion's own workspace.
fn workspace() -> Result<PathBuf, Box<dyn Error>> {
    Ok(Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize()?)
}

/// The dependencies of an application of orion.
fn of_orion(workspace: &Path) -> String {
    format!("orion = {{ path = \"{}\" }}\nmaud = \"0.27\"\n", workspace.join("orion").display())
}

/// Makes the folder of a package, with what Cargo asks for.
fn manifest(root: &Path, name: &str, dependencies: &str) -> Result<PathBuf, Box<dyn Error>> {
    let folder = root.join(name);
    fs::create_dir_all(folder.join("src"))?;
    let manifest = format!(
        "[package]\nname = \"{name}\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[dependencies]\n{dependencies}\n[workspace]\n"
    );
    fs::write(folder.join("Cargo.toml"), manifest)?;
    // The versions of orion's own.
    fs::copy(workspace()?.join("Cargo.lock"), folder.join("Cargo.lock"))?;
    Ok(folder)
}

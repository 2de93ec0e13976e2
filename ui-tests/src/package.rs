//! A real Cargo package, for what a program in one file cannot show.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A package in a folder of its own that is gone with it.
#[derive(Debug)]
pub struct Package {
    folder: PathBuf,
    /// Where the test and what it depends on were built.
    target: PathBuf,
}

impl Package {
    /// A package that depends on orion and has no source yet; `tmp` is the test's `CARGO_TARGET_TMPDIR`.
    ///
    /// # Panics
    /// Where files cannot be written, as all that follows.
    #[must_use]
    pub fn new(tmp: &Path, name: &str) -> Self {
        let workspace =
            Path::new(env!("CARGO_MANIFEST_DIR")).join("..").canonicalize().expect("the workspace");
        let package = Self { folder: tmp.join(format!("package-{name}")), target: tmp.join("..") };
        // Of a run that was killed.
        let _ = fs::remove_dir_all(&package.folder);
        package.write(
            "Cargo.toml",
            &format!(
                "[package]\nname = \"{name}\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n\
                 [dependencies]\norion = {{ path = '{}' }}\nmaud = \"0.27\"\n\n[workspace]\n",
                workspace.join("orion").display()
            ),
        );
        package.write("Cargo.lock", &fs::read_to_string(workspace.join("Cargo.lock")).expect("it is there"));
        package
    }

    /// The path of a file in it.
    #[must_use]
    pub fn path(&self, path: &str) -> PathBuf {
        self.folder.join(path)
    }

    /// Writes a file.
    ///
    /// # Panics
    /// Where that cannot be.
    pub fn write(&self, path: &str, text: &str) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().expect("it is in the package")).expect("a folder");
        fs::write(path, text).expect("a file");
    }

    /// Runs one of its programs: what it prints, or else what the compiler says.
    ///
    /// # Errors
    /// The compiler's messages, or what the program said.
    ///
    /// # Panics
    /// Where Cargo cannot be started.
    pub fn run(&self, program: &str) -> Result<String, String> {
        let output = self.cargo(&["run", "--quiet", "--offline", "--bin", program]);
        if output.0 { Ok(output.1) } else { Err(output.2) }
    }

    /// Checks what the arguments name, `["--bin", "shop"]`: what the compiler says.
    ///
    /// # Panics
    /// Where Cargo cannot be started.
    #[must_use]
    pub fn check(&self, target: &[&str]) -> String {
        let mut arguments = vec!["check", "--quiet", "--offline"];
        arguments.extend(target);
        self.cargo(&arguments).2
    }

    /// Whether it was well, and what was printed and said.
    fn cargo(&self, arguments: &[&str]) -> (bool, String, String) {
        let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        cargo.args(arguments).current_dir(&self.folder).env("CARGO_TARGET_DIR", &self.target);
        // As in everyday work, whatever is set for the tests.
        cargo.env("CARGO_INCREMENTAL", "1");
        let output = cargo.output().expect("cargo runs");
        let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
        (output.status.success(), text(output.stdout), text(output.stderr))
    }
}

impl Drop for Package {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.folder);
    }
}

//! The executables of the workspace, built once in a test process.

use serde_json::Value as Json;
use std::collections::HashMap;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::{LazyLock, Mutex};

/// What `tests/run` has already built, as arguments of `cargo build`. Asking for exactly the same again finds everything
/// fresh: another choice of packages unites the features of dependencies in another way and would compile them again.
const SELECTION: &str = "TESTS_BUILT_WITH";

static BUILT: LazyLock<Mutex<HashMap<String, PathBuf>>> = LazyLock::new(Mutex::default);

/// The executable of the package `name`, built from the present source.
///
/// ```no_run
/// let program = orion_tests::binary("todos");
/// assert!(program.is_file());
/// ```
pub fn binary(name: &str) -> PathBuf {
    let mut built = BUILT.lock().expect("no build has panicked before; its message says why");
    built.entry(name.to_owned()).or_insert_with(|| build(name)).clone()
}

fn build(name: &str) -> PathBuf {
    let features = if cfg!(feature = "acme") { " --features orion-tests/acme" } else { "" };
    let selection =
        std::env::var(SELECTION).unwrap_or_else(|_| format!("-p {name} -p orion-tests{features}"));
    let output = Command::new(env!("CARGO"))
        .arg("build")
        .args(selection.split_whitespace())
        .arg("--message-format=json-render-diagnostics")
        .current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
        .stderr(Stdio::inherit())
        .output()
        .expect("cargo runs");
    assert!(output.status.success(), "`cargo build {selection}` ended with {}", output.status);
    String::from_utf8_lossy(&output.stdout)
        .lines()
        .filter_map(|line| serde_json::from_str::<Json>(line).ok())
        .find(|message| is_program(message, name))
        .and_then(|message| message["executable"].as_str().map(PathBuf::from))
        .unwrap_or_else(|| panic!("`cargo build {selection}` builds no program `{name}`"))
}

/// Whether cargo's message announces the program itself, not the harness of its unit tests.
fn is_program(message: &Json, name: &str) -> bool {
    let target = &message["target"];
    message["reason"] == "compiler-artifact"
        && target["name"] == name
        && target["kind"].as_array().is_some_and(|kinds| kinds.iter().any(|kind| kind == "bin"))
        && message["profile"]["test"] == false
}

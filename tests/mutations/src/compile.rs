//! Compiles an example with names changed: by the very call of rustc with which Cargo compiles it, on a copy.

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Output, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::{env, fs, thread};

use serde::{Deserialize, Serialize};

use crate::site::{Site, mark};

/// Says where to note the call, to this program when Cargo runs it in rustc's place.
const NOTE: &str = "ORION_MUTATIONS_NOTE";
/// The crate whose call is noted.
const CRATE: &str = "ORION_MUTATIONS_CRATE";

/// How often Cargo was asked.
static CALLS: AtomicUsize = AtomicUsize::new(0);

/// A call of rustc.
#[derive(Serialize, Deserialize)]
struct Call {
    program: String,
    arguments: Vec<String>,
    environment: BTreeMap<String, String>,
    folder: PathBuf,
}

/// In rustc's place: notes the call, and lets rustc do it.
pub(crate) fn as_rustc() -> Result<Option<ExitCode>, Box<dyn Error>> {
    let Some(note) = env::var_os(NOTE) else { return Ok(None) };
    let mut arguments = env::args().skip(1);
    let program = arguments.next().ok_or("Cargo names rustc")?;
    let arguments: Vec<String> = arguments.collect();
    let named = arguments
        .windows(2)
        .any(|pair| pair[0] == "--crate-name" && Some(&pair[1]) == env::var(CRATE).ok().as_ref());
    if named {
        let environment =
            env::vars().filter(|(name, _)| name.starts_with("CARGO") || name == "OUT_DIR").collect();
        let call = Call {
            program: program.clone(),
            arguments: arguments.clone(),
            environment,
            folder: env::current_dir()?,
        };
        fs::write(note, serde_json::to_vec(&call)?)?;
    }
    let status = Command::new(program).args(arguments).status()?;
    Ok(Some(if status.success() { ExitCode::SUCCESS } else { ExitCode::FAILURE }))
}

/// What compiles one example.
pub(crate) struct Compiler {
    package: PathBuf,
    check: Call,
    build: Call,
    work: tempfile::TempDir,
    built: AtomicUsize,
}

impl Compiler {
    /// Asks Cargo how it checks and builds the example.
    pub(crate) fn of(name: &str, package: &Path) -> Result<Self, Box<dyn Error>> {
        let work = tempfile::tempdir()?;
        let check = noted(name, work.path(), &["--profile", "check"])?;
        let build = noted(name, work.path(), &[])?;
        let compiler = Self { package: package.to_owned(), check, build, work, built: AtomicUsize::new(0) };
        // Else every renaming would be refused, for a reason of the call's own.
        let output =
            compiler.run(&compiler.check, &compiler.work.path().join("original"), &[], "metadata")?;
        if !output.status.success() {
            return Err(format!(
                "{name} does not compile as it is: {}",
                String::from_utf8_lossy(&output.stderr)
            )
            .into());
        }
        Ok(compiler)
    }

    /// Those of the renamings, by their number, with which the example compiles.
    pub(crate) fn survivors(&self, sites: &[Site]) -> Result<BTreeSet<usize>, Box<dyn Error>> {
        let (next, survivors) = (AtomicUsize::new(0), Mutex::new(BTreeSet::new()));
        let workers = thread::available_parallelism().map_or(2, usize::from);
        let one = |worker: usize| -> Result<(), String> {
            let copy = self.work.path().join(format!("worker-{worker}"));
            while let Some((at, site)) = {
                let at = next.fetch_add(1, Ordering::Relaxed);
                sites.get(at).map(|site| (at, site))
            } {
                let output =
                    self.run(&self.check, &copy, &[site], "metadata").map_err(|cause| cause.to_string())?;
                if output.status.success() {
                    survivors.lock().map_err(|cause| cause.to_string())?.insert(at);
                }
            }
            Ok(())
        };
        let outcome: Result<(), String> = thread::scope(|scope| {
            let one = &one;
            let running: Vec<_> = (0..workers).map(|worker| scope.spawn(move || one(worker))).collect();
            running
                .into_iter()
                .try_for_each(|worker| worker.join().map_err(|_| "a worker panicked".to_owned())?)
        });
        outcome?;
        Ok(survivors.into_inner()?)
    }

    /// Builds the example with all of the renamings, each marked with its number in the list; without one it is the original.
    pub(crate) fn build(&self, sites: &[&Site]) -> Result<PathBuf, Box<dyn Error>> {
        let number = self.built.fetch_add(1, Ordering::Relaxed);
        let copy = self.work.path().join(format!("built-{number}"));
        let output = self.run(&self.build, &copy, sites, "link")?;
        if !output.status.success() {
            let told = String::from_utf8_lossy(&output.stderr).into_owned();
            return Err(format!("renamings that compile one by one do not together:\n{told}").into());
        }
        let programs = fs::read_dir(copy.join("out"))?.filter_map(|entry| Some(entry.ok()?.path()));
        let program = programs.into_iter().find(|path| path.extension().is_none());
        program.ok_or_else(|| "rustc wrote a program".into())
    }

    fn run(&self, call: &Call, copy: &Path, sites: &[&Site], emit: &str) -> Result<Output, Box<dyn Error>> {
        if copy.exists() {
            fs::remove_dir_all(copy)?;
        }
        copy_all(&self.package, &copy.join("package"))?;
        rename(&copy.join("package"), sites)?;
        let out = copy.join("out");
        fs::create_dir_all(&out)?;
        let mut command = Command::new(&call.program);
        let mut arguments = call.arguments.iter();
        while let Some(argument) = arguments.next() {
            match argument.as_str() {
                "--out-dir" => drop(arguments.next()),
                "-C" => match arguments.next() {
                    Some(option) if option.starts_with("incremental") => {}
                    option => drop(command.arg("-C").args(option)),
                },
                source if source.ends_with("main.rs") => drop(command.arg(copy.join("package/src/main.rs"))),
                other
                    if ["--emit", "--error-format", "--json", "--diagnostic-width"]
                        .iter()
                        .any(|name| other.starts_with(name)) => {}
                _ => drop(command.arg(argument)),
            }
        }
        command.arg("--out-dir").arg(&out).arg(format!("--emit={emit}")).args(["--cap-lints", "allow"]);
        command
            .envs(&call.environment)
            .env("CARGO_MANIFEST_DIR", copy.join("package"))
            .current_dir(&call.folder);
        Ok(command.stdin(Stdio::null()).output()?)
    }
}

/// Lets Cargo compile the example's program, with this program in rustc's place, and reads what that noted.
fn noted(name: &str, work: &Path, options: &[&str]) -> Result<Call, Box<dyn Error>> {
    let note = work.join("call.json");
    let mut cargo = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.args(["rustc", "--offline", "--quiet", "--package", name, "--bin", name]).args(options);
    // An option that nobody has asked for yet: so rustc is called although everything is fresh.
    let call = CALLS.fetch_add(1, Ordering::Relaxed);
    cargo.args(["--", "--cfg", &format!("renamed=\"{}-{call}\"", std::process::id())]);
    cargo.env("RUSTC_WRAPPER", env::current_exe()?).env(NOTE, &note).env(CRATE, name.replace('-', "_"));
    cargo.current_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("../.."));
    // What Cargo said to this program of its package. The build script of ring looks at the same names, and would run again.
    for (name, _) in env::vars() {
        if name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_") {
            cargo.env_remove(&name);
        }
    }
    let output = cargo.output()?;
    if !output.status.success() {
        return Err(format!("{name}: {}", String::from_utf8_lossy(&output.stderr)).into());
    }
    Ok(serde_json::from_slice(&fs::read(note)?)?)
}

fn rename(package: &Path, sites: &[&Site]) -> Result<(), Box<dyn Error>> {
    let mut sites: Vec<_> = sites.iter().enumerate().collect();
    // From behind, so that places stay right.
    sites.sort_by_key(|(_, site)| std::cmp::Reverse((site.path.clone(), site.at.start)));
    for (number, site) in sites {
        let file = package.join(&site.path);
        let mut text = fs::read_to_string(&file)?;
        text.insert_str(site.at.end, &mark(number));
        fs::write(file, text)?;
    }
    Ok(())
}

pub(crate) fn copy_all(from: &Path, to: &Path) -> Result<(), Box<dyn Error>> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy_all(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}

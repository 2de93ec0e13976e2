//! Renames each table, column, parameter, route, topic and command of the examples, one occurrence at a time, and compiles.
//! A renaming that changes what the application does must not compile.
//!
//! Those that compile are shown to change nothing: all of them together are built, and the program is visited beside the
//! original, page by page and action by action. `cargo run -p orion-mutations` prints `N of N`, and fails if a renaming got through.

mod compile;
mod names;
mod site;
mod sql;
mod visit;

use std::collections::BTreeMap;
use std::error::Error;
use std::path::Path;
use std::process::ExitCode;

use compile::Compiler;
use site::{Class, Site};

/// The applications that are renamed.
const EXAMPLES: [&str; 2] = ["todos", "board"];

#[tokio::main]
async fn main() -> Result<ExitCode, Box<dyn Error>> {
    if let Some(code) = compile::as_rustc()? {
        return Ok(code);
    }
    let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples").canonicalize()?;
    let (mut all, mut refused, mut equal, mut wrong) = (0, 0, 0, Vec::new());
    for name in EXAMPLES {
        let outcome = example(name, &examples.join(name)).await?;
        all += outcome.all;
        refused += outcome.refused;
        equal += outcome.equal;
        wrong.extend(outcome.wrong);
    }
    println!(
        "{all} renamings: {equal} change nothing, and {refused} of {} that change behaviour do not compile",
        all - equal
    );
    for renaming in &wrong {
        println!("compiles and changes what the application does: {renaming}");
    }
    Ok(if wrong.is_empty() && refused > 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// What became of the renamings of one example.
struct Outcome {
    all: usize,
    refused: usize,
    /// Those that compile and change nothing.
    equal: usize,
    wrong: Vec<String>,
}

async fn example(name: &str, folder: &Path) -> Result<Outcome, Box<dyn Error>> {
    let sources = site::sources(folder)?;
    let sites = names::sites(&sources)?;
    let compiler = Compiler::of(name, folder)?;
    let survivors = compiler.survivors(&sites)?;
    let mut classes: BTreeMap<Class, (usize, usize)> = BTreeMap::new();
    for (at, site) in sites.iter().enumerate() {
        let counts = classes.entry(site.class).or_default();
        counts.0 += 1;
        counts.1 += usize::from(!survivors.contains(&at));
    }
    let told = classes.iter().map(|(class, (all, refused))| format!("{} {refused}/{all}", class.name()));
    println!("{name}: does not compile: {}", told.collect::<Vec<_>>().join(", "));
    let compiling: Vec<&Site> = survivors.iter().map(|at| &sites[*at]).collect();
    let wrong = changed(&compiler, &compiling).await?;
    Ok(Outcome {
        all: sites.len(),
        refused: sites.len() - compiling.len(),
        equal: compiling.len() - wrong.len(),
        wrong: wrong.into_iter().map(|site| site.describe(name)).collect(),
    })
}

/// Those of the renamings that change what the application does.
async fn changed<'a>(compiler: &Compiler, sites: &[&'a Site]) -> Result<Vec<&'a Site>, Box<dyn Error>> {
    let program = compiler.build(&[])?;
    let people = visit::people(&program).await;
    let original = visit::visit(&program, &people).await?;
    println!("  {} answers of the original are compared", original.len());
    if visit::visit(&program, &people).await? != original {
        return Err("two visits to one program are answered differently: nothing can be compared".into());
    }
    let same = async |sites: &[&Site]| -> Result<bool, Box<dyn Error>> {
        Ok(visit::visit(&compiler.build(sites)?, &people).await? == original)
    };
    // All at once first: most often that is the end of it.
    if same(sites).await? {
        return Ok(Vec::new());
    }
    let mut wrong = Vec::new();
    for &site in sites {
        if !same(&[site]).await? {
            wrong.push(site);
        }
    }
    Ok(wrong)
}

//! Renames each table, column, parameter, route, topic, command and signal of the examples, one occurrence at a time, and compiles.
//! A renaming that changes what the application does must not compile.
//!
//! Those that compile are shown to change nothing: all of them together are built, and the program is visited beside the
//! original, page by page and action by action. `cargo run -p orion-mutations` prints them and `N of N`, and fails if a renaming got
//! through, if a class of names has none in the examples, or if holes that are planted in an example are not found.

mod compile;
mod holes;
mod names;
mod signals;
mod site;
mod sql;
mod visit;

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::path::Path;
use std::process::ExitCode;

use compile::Compiler;
use site::{Class, Site};
use visit::Seen;

/// The applications that are renamed. `sdk-conformance` is none: its names are the protocol of a suite that is another program, so
/// there is nobody in the source who says them a second time. Nor is `cells`: its pages lead to thousands of others, and a visit goes to all.
const EXAMPLES: [&str; 3] = ["todos", "bell", "board"];

#[tokio::main]
async fn main() -> Result<ExitCode, Box<dyn Error>> {
    if let Some(code) = compile::as_rustc()? {
        return Ok(code);
    }
    let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples").canonicalize()?;
    holes::are_found(&examples).await?;
    let (mut all, mut refused, mut equal, mut wrong) = (0, 0, 0, Vec::new());
    let mut classes = BTreeSet::new();
    for name in EXAMPLES {
        let outcome = example(name, &examples.join(name)).await?;
        all += outcome.all;
        refused += outcome.refused;
        equal += outcome.equal;
        classes.extend(outcome.classes);
        wrong.extend(outcome.wrong.iter().map(|site| site.describe(name)));
    }
    println!("sdk-conformance is not renamed: only the official suite, another program, says its names");
    println!("cells is not renamed: its pages lead to thousands of others, and a visit goes to all");
    println!(
        "{all} renamings: {equal} change nothing, and {refused} of {} that change behaviour do not compile",
        all - equal
    );
    for renaming in &wrong {
        println!("compiles and changes what the application does: {renaming}");
    }
    let empty: Vec<_> = Class::ALL.iter().filter(|class| !classes.contains(class)).collect();
    for class in &empty {
        println!("no example has {}, so nothing is known of them", class.name());
    }
    Ok(if wrong.is_empty() && empty.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// What became of the renamings of one example.
struct Outcome {
    all: usize,
    refused: usize,
    /// Those that compile and change nothing.
    equal: usize,
    classes: BTreeSet<Class>,
    wrong: Vec<Site>,
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
    let wrong = changed(name, &compiler, &compiling).await?;
    Ok(Outcome {
        all: sites.len(),
        refused: sites.len() - compiling.len(),
        equal: compiling.len() - wrong.len(),
        classes: classes.into_keys().collect(),
        wrong: wrong.into_iter().cloned().collect(),
    })
}

/// Those of the renamings that change what the application does; says of the others what was compared.
async fn changed<'a>(
    name: &str,
    compiler: &Compiler,
    sites: &[&'a Site],
) -> Result<Vec<&'a Site>, Box<dyn Error>> {
    let program = compiler.build(&[])?;
    let people = visit::people(&program).await;
    let original = visit::visit(&program, &people).await?.answers;
    println!("  {} answers of the original are compared", original.len());
    if visit::visit(&program, &people).await?.answers != original {
        return Err("two visits to one program are answered differently: nothing can be compared".into());
    }
    let same = async |sites: &[&Site]| -> Result<Option<Seen>, Box<dyn Error>> {
        let seen = visit::visit(&compiler.build(sites)?, &people).await;
        // A route to which nothing leads any more is a change, too.
        Ok(seen.ok().filter(|seen| seen.answers == original))
    };
    // All at once first: most often that is the end of it.
    if let Some(seen) = same(sites).await? {
        for (number, site) in sites.iter().enumerate() {
            tell(name, site, seen.marks.get(&number).copied());
        }
        return Ok(Vec::new());
    }
    let mut wrong = Vec::new();
    for &site in sites {
        match same(&[site]).await? {
            Some(seen) => tell(name, site, seen.marks.get(&0).copied()),
            None => wrong.push(site),
        }
    }
    Ok(wrong)
}

/// Why a renaming that compiles is held to change nothing.
fn tell(name: &str, site: &Site, answers: Option<usize>) {
    let why = match answers {
        Some(answers) => {
            format!(
                "the new name stands in {answers} answers, everywhere in the old one's place; nothing else differs"
            )
        }
        None => "it is in no answer, and none differs".to_owned(),
    };
    println!("  changes nothing: {}: {why}", site.describe(name));
}

//! One mistake, one error, and the way out of it: read from the texts that the ui-tests keep.

use std::fs;
use std::path::{Path, PathBuf};

/// Programs that are told more than one error, how many, and why.
const SEVERAL: &[(&str, usize, &str)] = &[
    ("slice/all_mistakes_are_said_at_once", 4, "it makes four"),
    (
        "slice/must_have_its_items_inside",
        2,
        "the first is rustc's, before the macro is called, and does not help",
    ),
];

/// Sentences of rustc's own that have no code, and are its to explain.
const OF_RUSTC: &[&str] =
    &["expected expression, found `;`", "`self` parameter is only allowed in associated functions"];

/// One error: its text as the compiler prints it.
struct Told {
    text: String,
}

impl Told {
    /// Its first sentence, without `error:` and the code.
    fn sentence(&self) -> &str {
        let first = self.text.lines().next().unwrap_or_default();
        first.split_once(": ").map_or(first, |(_, sentence)| sentence)
    }

    /// Whether a line of it says the way out.
    fn has_help(&self) -> bool {
        self.text.lines().any(|line| line.trim_start().starts_with("help: "))
    }

    /// Whether it is the other end of the next one, which says the way out: "option `name` is set here first".
    fn is_other_end(&self) -> bool {
        self.sentence().ends_with(" first") && !self.has_help()
    }

    /// Whether the sentence is orion's: of a macro, or of a proof in a constant.
    fn is_ours(&self) -> bool {
        let of_a_proof = self.text.starts_with("error[E0080]");
        (of_a_proof || self.text.starts_with("error:")) && !OF_RUSTC.contains(&self.sentence())
    }
}

/// The errors in what the compiler prints, without its last words.
fn told(text: &str) -> Vec<Told> {
    let mut told: Vec<Told> = Vec::new();
    let mut is_error = false;
    for line in text.lines() {
        let begins =
            |word: &str| line.starts_with(&format!("{word}:")) || line.starts_with(&format!("{word}["));
        if begins("error") || begins("warning") {
            is_error =
                begins("error") && !line.contains("aborting due to") && !line.contains("could not compile");
            if is_error {
                told.push(Told { text: String::new() });
            }
        }
        if let Some(last) = told.last_mut().filter(|_| is_error) {
            last.text += line;
            last.text.push('\n');
        }
    }
    told
}

/// Every program, by its construct and rule, with the errors that it is told.
fn programs() -> Vec<(String, Vec<Told>)> {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let mut programs = Vec::new();
    let entries = |folder: &Path| -> Vec<PathBuf> {
        fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()).collect()
    };
    for folder in entries(&tests).into_iter().filter(|path| path.is_dir()) {
        for file in entries(&folder) {
            if file.extension().is_some_and(|extension| extension == "stderr") {
                assert!(file.with_extension("rs").exists(), "{} is of no program", file.display());
                let name = file.strip_prefix(&tests).expect("below it").with_extension("");
                let text = fs::read_to_string(&file).expect("a text");
                programs.push((name.display().to_string(), told(&text)));
            }
        }
    }
    programs.sort_by(|a, b| a.0.cmp(&b.0));
    assert!(programs.len() > 150, "there are only {} programs", programs.len());
    programs
}

#[test]
fn one_mistake_is_one_error() {
    for (name, told) in programs() {
        let errors = told.iter().filter(|told| !told.is_other_end()).count();
        let wanted = SEVERAL.iter().find(|(several, ..)| *several == name).map(|(_, count, _)| *count);
        // What only warns is in these folders too.
        let warns = told.is_empty() && wanted.is_none();
        let sentences: Vec<&str> = told.iter().map(Told::sentence).collect();
        assert!(warns || errors == wanted.unwrap_or(1), "{name} is told {sentences:#?}");
    }
}

#[test]
fn every_error_of_ours_says_the_way_out() {
    let mut judged = 0;
    for (name, told) in programs() {
        for (at, error) in told.iter().enumerate().filter(|(_, error)| error.is_ours()) {
            if error.is_other_end() {
                let next = told.get(at + 1).is_some_and(|next| next.is_ours() && !next.is_other_end());
                assert!(next, "{name}: `{}` has no other end", error.sentence());
            } else {
                assert!(error.has_help(), "{name}: `{}` has no line `help: …`", error.sentence());
            }
            judged += 1;
        }
    }
    println!("{judged} errors of ours, each with a way out or the other end of one that has it");
}

#[test]
fn errors_are_counted_as_the_compiler_prints_them() {
    let text = "error: a\n --> x\n\nerror[E0080]: evaluation panicked: b\nhelp: c\n\nwarning: d\nhelp: e\n\n\
                error: aborting due to 2 previous errors\n";
    let told = told(text);
    let sentences: Vec<&str> = told.iter().map(Told::sentence).collect();
    assert_eq!(sentences, ["a", "evaluation panicked: b"]);
    assert_eq!(told[1].text, "error[E0080]: evaluation panicked: b\nhelp: c\n\n");
}

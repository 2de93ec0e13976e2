//! A slice that was proven before is not proven again, and rustc says the same of it at the same places.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use orion_ui_tests::Package;

const TMP: &str = env!("CARGO_TARGET_TMPDIR");

/// The programs of which rustc has something to say after the macros had nothing: what it points at is in their expansion.
fn programs() -> Vec<(String, String)> {
    let mut programs = Vec::new();
    for folder in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests")).expect("it is there") {
        let folder = folder.expect("it is there").path();
        for program in fs::read_dir(&folder).into_iter().flatten() {
            let program = program.expect("it is there").path();
            let said = fs::read_to_string(program.with_extension("stderr")).unwrap_or_default();
            if program.extension().is_some_and(|extension| extension == "rs") && said.contains("error[E") {
                let name = |path: &Path| path.file_stem().expect("a name").to_string_lossy().into_owned();
                let text = fs::read_to_string(&program).expect("it is there");
                programs.push((format!("{}_{}", name(&folder), name(&program)), text));
            }
        }
    }
    programs.sort();
    programs
}

/// What was kept of the programs' slices; of each a file, which begins with the length of what was seen, and that.
fn memory() -> Vec<PathBuf> {
    let folder = Path::new(TMP).join("../debug/incremental/orion");
    let files = fs::read_dir(folder).into_iter().flatten().map(|file| file.expect("it is there").path());
    files
        .filter(|file| file.file_name().is_some_and(|name| name.to_string_lossy().starts_with("recalled_")))
        .collect()
}

/// The bytes behind what was seen.
fn kept(file: &Path) -> usize {
    let bytes = fs::read(file).expect("it is there");
    let digits = 1 + bytes.iter().take_while(|&&byte| byte >= 0x80).count();
    let length = bytes[..digits].iter().rev().fold(0, |length, &byte| length << 7 | usize::from(byte & 0x7f));
    bytes.len() - digits - length
}

/// The messages, whatever was compiled first.
fn messages(said: &str) -> BTreeSet<String> {
    let mut messages = vec![String::new()];
    // The name of a file that rustc writes is another each time.
    for line in said.lines().filter(|line| !line.is_empty() && !line.contains(".long-type-")) {
        if ["error", "warning", "For more", "Some errors"].iter().any(|start| line.starts_with(start)) {
            messages.push(String::new());
        }
        messages.last_mut().expect("there is one").extend([line, "\n"]);
    }
    messages.into_iter().collect()
}

#[test]
fn rustc_says_the_same_of_a_slice_that_is_recalled() {
    for file in memory() {
        fs::remove_file(file).expect("it can be removed");
    }
    let package = Package::new(Path::new(TMP), "recalled");
    let programs = programs();
    for (name, text) in &programs {
        package.write(&format!("src/bin/recalled_{name}.rs"), text);
    }
    let check = || messages(&package.check(&["--bins", "--keep-going"]));
    let made = check();
    let kept = memory().iter().filter(|file| kept(file) > 1).count();
    let recalled = check();
    let others: Vec<_> = made.symmetric_difference(&recalled).collect();
    assert!(others.is_empty(), "{others:#?}");
    println!("{} programs, {kept} slices recalled: {} messages, all the same", programs.len(), made.len());
    // Of a slice that is wrong in itself nothing is kept; of these few are.
    assert!(kept > programs.len() / 2, "{kept} of {} slices were kept", memory().len());
    assert!(memory().iter().all(|file| self::kept(file) > 1), "a slice could not be kept");
}

#[test]
fn what_is_recalled_is_of_the_same_tokens_only() {
    let package = Package::new(Path::new(TMP), "once");
    let program = |text: &str| {
        package.write(
            "src/bin/once_page.rs",
            &format!(
                "#[orion::slice] mod pages {{ use orion::prelude::*;
                    #[page(\"/\")] fn home() -> Markup {{ html! {{ p {{ \"{text}\" }} }} }}
                }}
                fn main() {{ println!(\"{{}}\", pages::SLICE.pages.len()) }} const _: () = {text};"
            ),
        );
        package.check(&["--bin", "once_page"])
    };
    // Noted, kept and recalled, and then another.
    for text in ["()", "1", "1", "1", "()", "true"] {
        let said = program(text);
        let expected = if text == "()" { said.is_empty() } else { said.contains("expected `()`") };
        assert!(expected, "{text}: {said}");
    }
}

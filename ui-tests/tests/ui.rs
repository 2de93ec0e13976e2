//! Each mistake in the folders beside this file is one error, with this text, in this place.
//!
//! `TRYBUILD=overwrite cargo test -p orion-ui-tests` writes the texts anew; then read what changed.

use std::fs;
use std::path::Path;

#[test]
fn every_mistake_is_said_once_in_its_place() {
    // The package that the programs are compiled in is trybuild's own: what they name beside its `Cargo.toml` is put there.
    let package = Path::new(env!("CARGO_TARGET_TMPDIR")).join("../tests/trybuild/orion-ui-tests");
    copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("beside"), &package);
    trybuild::TestCases::new().compile_fail("tests/*/*.rs");
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder") {
        let entry = entry.expect("an entry");
        let to = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &to);
        } else {
            fs::copy(entry.path(), to).expect("a file");
        }
    }
}

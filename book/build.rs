//! Takes the application out of the README, so that the compiler sees it too: as a documentation test it would be put into a
//! function, where `orion::main!` has no place.

use std::path::Path;
use std::{env, fs};

fn main() {
    println!("cargo::rerun-if-changed=../README.md");
    // New files in the folder of migrations that the chapter on the store shows.
    println!("cargo::rerun-if-changed=db/notes");
    let readme = fs::read_to_string("../README.md").expect("the README is beside the book");
    let code = readme.split("```rust\n").nth(1).and_then(|rest| rest.split("```").next());
    let code = code.expect("the README shows an application");
    let out = env::var_os("OUT_DIR").expect("cargo sets OUT_DIR");
    fs::write(Path::new(&out).join("readme.rs"), code).expect("OUT_DIR can be written");
}

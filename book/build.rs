//! Tells Cargo of new files in the folder of migrations that the chapter on the store shows.

fn main() {
    println!("cargo::rerun-if-changed=db/notes");
}

//! Each mistake in the folders beside this file is one error, with this text, in this place.
//!
//! `TRYBUILD=overwrite cargo test -p orion-ui-tests` writes the texts anew; then read what changed.

#[test]
fn every_mistake_is_said_once_in_its_place() {
    trybuild::TestCases::new().compile_fail("tests/*/*.rs");
}

//! See `tests/`: one test file a construct. Here is what several of them need.

mod package;

pub use package::Package;

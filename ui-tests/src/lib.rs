//! See `tests/`: one test file a construct.

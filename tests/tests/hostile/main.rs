//! What comes in with bad intent, and what goes out with headers against it.

mod headers;
mod policy;

use orion_tests::App;

/// An application that shows what it is given as markup.
async fn careless() -> App {
    App::start(env!("CARGO_BIN_EXE_careless")).await
}

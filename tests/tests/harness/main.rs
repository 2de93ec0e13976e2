//! The harness itself, proven on a stand-in for an application.

mod browser;
mod http;
mod process;
mod proxy;

use orion_tests::App;

/// What each of these tests drives.
async fn stand_in() -> App {
    App::start(env!("CARGO_BIN_EXE_stand-in")).await
}

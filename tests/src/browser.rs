//! Real Chromium windows, driven through chromedriver.
//!
//! A [`Browser`] is one chromedriver; each [`Browser::window`] is a Chromium of its own with a fresh profile: another
//! viewer. [`Window::sibling`] is a second window of the same profile: the same viewer twice.

mod act;
mod condition;
mod console;
mod driver;
mod repaint;
mod session;
mod target;
mod wait;
mod window;

pub use console::ConsoleLine;
pub use fantoccini::key::Key;
pub use repaint::{Repaint, RepaintClock};
pub use target::Target;
pub use window::Window;

use driver::Driver;
use std::sync::Arc;
use tokio::sync::{Semaphore, SemaphorePermit};

/// Browsers at a time in one test process. Each brings up to a dozen processes; two cores drive two of them.
const AT_A_TIME: usize = 2;

static SLOTS: Semaphore = Semaphore::const_new(AT_A_TIME);

/// A chromedriver and the Chromium windows it drives. All of them end when the last handle to any of them is dropped,
/// also in a panic, and when the test process is killed.
///
/// ```no_run
/// # async fn test() {
/// use orion_tests::{App, Browser, Key, binary};
///
/// let app = App::start(binary("todos")).await;
/// let browser = Browser::start().await;
/// let ann = browser.window(&app.url()).await;
/// let bob = browser.window(&app.url()).await;
/// ann.goto("/").await;
/// bob.goto("/").await;
/// ann.type_into("input", "milk").await;
/// ann.press(Key::Enter).await;
/// bob.wait_text("ul", "milk").await;
/// # }
/// ```
#[derive(Debug, Clone)]
pub struct Browser {
    running: Arc<Running>,
}

#[derive(Debug)]
struct Running {
    driver: Driver,
    _slot: SemaphorePermit<'static>,
}

impl Browser {
    /// Starts chromedriver, once fewer than two browsers of this process are running.
    pub async fn start() -> Self {
        let slot = SLOTS.acquire().await.expect("the semaphore is never closed");
        let running = Running { driver: Driver::start().await, _slot: slot };
        Self { running: Arc::new(running) }
    }

    /// Opens a Chromium of its own: a viewer nobody has seen before. Paths are resolved against `origin`, such as
    /// `http://127.0.0.1:3000`.
    pub async fn window(&self, origin: &str) -> Window {
        let session = session::Session::open(Arc::clone(&self.running)).await;
        Window::first(session, origin).await
    }
}

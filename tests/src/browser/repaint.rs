//! How long after an input in one page another page shows its effect.
//!
//! Both ends are read inside the pages, from the one clock of the machine, so neither the driver nor the test's own
//! scheduling is in the figure. For printing: a test never asserts a time.

use super::{Target, Window};
use serde_json::{Value as Json, json};
use std::fmt;
use std::time::Duration;

/// Keeps the time of the last input. Capturing on `window` comes before every handler of the page.
const INPUT: &str = "
    const now = () => performance.timeOrigin + performance.now();
    window.orionInput = null;
    const kinds = ['click', 'keydown', 'submit', 'drop', 'change'];
    for (const kind of kinds) addEventListener(kind, () => { window.orionInput = now(); }, true);
";

/// Keeps when the text appeared, and when the frame that shows it had been painted: a message posted from an animation
/// frame's callback arrives after that frame.
const EFFECT: &str = "
    const now = () => performance.timeOrigin + performance.now();
    const effect = window.orionEffect = {};
    const observer = new MutationObserver(() => {
        const e = find(args[0]);
        if (!e || !shown(e).includes(args[1])) return;
        observer.disconnect();
        effect.changed = now();
        const painted = new MessageChannel();
        painted.port1.onmessage = () => { effect.painted = now(); };
        requestAnimationFrame(() => painted.port2.postMessage(null));
    });
    observer.observe(document, { subtree: true, childList: true, characterData: true, attributes: true });
";

/// Measures one repaint; armed before the input.
///
/// ```no_run
/// # async fn test(ann: orion_tests::Window, bob: orion_tests::Window) {
/// use orion_tests::browser::RepaintClock;
///
/// let clock = RepaintClock::arm(&ann, &bob, "#list", "milk").await;
/// ann.click("#add").await;
/// println!("bob's page {}", clock.read().await);
/// # }
/// ```
#[derive(Debug)]
pub struct RepaintClock {
    actor: Window,
    viewer: Window,
    what: String,
}

impl RepaintClock {
    /// Begins to watch `actor` for an input, and `viewer` for `target` to show `text`, which it must not show yet.
    pub async fn arm(actor: &Window, viewer: &Window, target: impl Into<Target>, text: &str) -> Self {
        let target = target.into();
        viewer.eval(EFFECT, json!([target.argument(), text])).await;
        actor.eval(INPUT, Json::Null).await;
        let what = format!("a frame in which {target} showed {text:?} was painted");
        Self { actor: actor.clone(), viewer: viewer.clone(), what }
    }

    /// Waits for the effect and says how long after the last input it came.
    pub async fn read(self) -> Repaint {
        let condition = "return window.orionEffect.painted && window.orionEffect";
        let effect = self.viewer.wait_until(&self.what, condition, Json::Null).await;
        let input = self.actor.eval("return window.orionInput", Json::Null).await;
        let since = |moment: &Json| {
            let milliseconds = moment.as_f64().zip(input.as_f64()).map(|(moment, input)| moment - input);
            let milliseconds = milliseconds.expect("the actor's page saw an input");
            Duration::from_secs_f64(milliseconds.max(0.0) / 1000.0)
        };
        Repaint { changed: since(&effect["changed"]), painted: since(&effect["painted"]) }
    }
}

/// Times since the input.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Repaint {
    /// Until the document had changed.
    pub changed: Duration,
    /// Until the next frame had been painted.
    pub painted: Duration,
}

impl fmt::Display for Repaint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "changed after {:.1?} and was painted after {:.1?}", self.changed, self.painted)
    }
}

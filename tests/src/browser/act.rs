//! What a person does to a page: clicking, typing, dragging.

use super::{Target, Window};
use fantoccini::actions::{InputSource as _, MOUSE_BUTTON_LEFT, MouseActions, PointerAction};
use fantoccini::elements::Element;
use fantoccini::error::CmdError;
use fantoccini::key::Key;
use std::time::Duration;

/// The key of an element reference in the `WebDriver` protocol.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

/// How often an element that was replaced between being found and being used is found again.
const REPLACED: usize = 20;

impl Window {
    /// Clicks the middle of an element.
    pub async fn click(&self, target: impl Into<Target>) {
        self.act(target.into(), async |element| element.click().await).await;
    }

    /// Types into a field, behind what it holds.
    pub async fn type_into(&self, target: impl Into<Target>, text: &str) {
        self.act(target.into(), async |element| element.send_keys(text).await).await;
    }

    /// Empties a field.
    pub async fn clear(&self, target: impl Into<Target>) {
        self.act(target.into(), async |element| element.clear().await).await;
    }

    /// Presses a key where the focus is.
    pub async fn press(&self, key: Key) {
        let turn = self.turn().await;
        let pressed = async {
            let focused = turn.client.active_element().await?;
            focused.send_keys(&char::from(key).to_string()).await
        };
        turn.answer(&format!("pressing {key:?}"), pressed).await;
    }

    /// Drags one element onto another with the mouse.
    pub async fn drag(&self, from: impl Into<Target>, to: impl Into<Target>) {
        let (from, to) = (self.find(from.into()).await, self.find(to.into()).await);
        let over = |element, x| PointerAction::MoveToElement {
            element,
            duration: Some(Duration::from_millis(50)),
            x,
            y: 0.0,
        };
        let mouse = MouseActions::new("mouse".to_owned())
            .then(over(from.clone(), 0.0))
            .then(PointerAction::Down { button: MOUSE_BUTTON_LEFT })
            // A drag begins with a movement, and its target hears of it with the second.
            .then(over(from, 5.0))
            .then(over(to.clone(), 5.0))
            .then(over(to, 0.0))
            .then(PointerAction::Up { button: MOUSE_BUTTON_LEFT });
        let turn = self.turn().await;
        turn.answer("dragging", turn.client.perform_actions(mouse)).await;
    }

    /// Does `deed` to an element, again if a morph replaced it in between.
    async fn act(&self, target: Target, deed: impl AsyncFn(Element) -> Result<(), CmdError>) {
        for _ in 0..REPLACED {
            let element = self.find(target.clone()).await;
            let turn = self.turn().await;
            let done = async {
                match deed(element).await {
                    Err(error) if error.is_stale_element_reference() => Ok(false),
                    done => done.map(|()| true),
                }
            };
            if turn.answer(&format!("using {target}"), done).await {
                return;
            }
        }
        panic!("{target} was replaced {REPLACED} times while it was to be used");
    }

    /// Waits for an element and gets the driver's reference to it.
    async fn find(&self, target: Target) -> Element {
        for _ in 0..REPLACED {
            self.wait_until(&format!("{target} was there"), "return !!find(args)", target.argument()).await;
            let found = self.eval("return find(args) ?? null", target.argument()).await;
            if let Some(reference) = found[ELEMENT].as_str() {
                let client = self.turn().await.client.clone();
                return Element::from_element_id(client, reference.to_owned().into());
            }
        }
        panic!("{target} came and went {REPLACED} times");
    }
}

//! What a person does to a page: clicking, typing, dragging.

use super::window::text_of;
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
        let focused = turn.client.active_element().await.expect("a page always has an active element");
        focused.send_keys(&char::from(key).to_string()).await.expect("the key reaches the page");
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
        self.turn().await.client.perform_actions(mouse).await.expect("both ends of the drag are displayed");
    }

    /// Does `deed` to an element, again if a morph replaced it in between.
    async fn act(&self, target: Target, deed: impl AsyncFn(Element) -> Result<(), CmdError>) {
        for _ in 0..REPLACED {
            let element = self.find(target.clone()).await;
            let turn = self.turn().await;
            let done = deed(element).await;
            drop(turn);
            match done {
                Ok(()) => return,
                Err(error) if error.is_stale_element_reference() => {}
                Err(error) => panic!("{target} cannot be used: {error}"),
            }
        }
        panic!("{target} was replaced {REPLACED} times while it was to be used");
    }

    async fn find(&self, target: Target) -> Element {
        let what = format!("{target} was there");
        let found = self.wait_until(&what, "return find(args)", target.argument()).await;
        let reference = text_of(found[ELEMENT].clone());
        Element::from_element_id(self.turn().await.client.clone(), reference.into())
    }
}

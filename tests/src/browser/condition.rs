//! The conditions a page lives under: displayed or hidden, online or not, with or without JavaScript, its size.

use super::Window;
use serde_json::json;

impl Window {
    /// Puts another tab in front, as a person does who goes on with something else, and waits until the page knows.
    ///
    /// Driving a [`sibling`](Self::sibling) in between shows the page again.
    pub async fn hide(&self) {
        let turn = self.turn().await;
        let other = turn.answer("another tab", turn.client.new_window(true)).await;
        let front = json!({ "targetId": String::from(other.handle) });
        turn.devtools("Target.activateTarget", front).await;
        drop(turn);
        self.wait_until("the page was hidden", "return document.hidden", json!(null)).await;
    }

    /// Puts the page in front again and waits until it knows.
    pub async fn show(&self) {
        let turn = self.turn().await;
        let this = json!({ "targetId": String::from(self.handle.clone()) });
        turn.devtools("Target.activateTarget", this).await;
        drop(turn);
        self.wait_until("the page was displayed", "return !document.hidden", json!(null)).await;
    }

    /// Takes the network away, or gives it back. The page hears of it (`navigator.onLine`, the events `online` and
    /// `offline`), new requests fail; but a stream that is already open on loopback stays open: cut that with a
    /// [`Proxy`](crate::Proxy).
    pub async fn set_online(&self, online: bool) {
        let turn = self.turn().await;
        turn.devtools("Network.enable", json!({})).await;
        let conditions =
            json!({ "offline": !online, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1 });
        turn.devtools("Network.emulateNetworkConditions", conditions).await;
    }

    /// Switches JavaScript off or on, for pages opened from now on.
    ///
    /// Without it a page can be read and clicked, but nothing in it changes by itself: what is waited for must already
    /// be there.
    pub async fn set_javascript(&self, on: bool) {
        let turn = self.turn().await;
        turn.devtools("Emulation.setScriptExecutionDisabled", json!({ "value": !on })).await;
    }

    /// Makes the page as large as a device's display, in CSS pixels; below 600 a touch device.
    pub async fn set_viewport(&self, width: u32, height: u32) {
        let turn = self.turn().await;
        let display =
            json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600 });
        turn.devtools("Emulation.setDeviceMetricsOverride", display).await;
    }

    /// Prefers dark colours, or light ones.
    pub async fn set_dark(&self, dark: bool) {
        let turn = self.turn().await;
        let preference =
            json!({ "name": "prefers-color-scheme", "value": if dark { "dark" } else { "light" } });
        turn.devtools("Emulation.setEmulatedMedia", json!({ "features": [preference] })).await;
    }
}

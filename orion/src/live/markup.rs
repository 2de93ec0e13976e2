//! The markup that keeps a page live: opens its stream, comes back after whatever ended it, and says so while it is away.
//!
//! Measured with Datastar 1.0.4 and 1.0.2. Their defaults never come back after a clean end of the stream, stop at the first
//! status of 400 and above, and do not notice a connection that is half-open.

use maud::{Markup, html};

use crate::live::frame::over_the_page;

/// Where a page's stream is, without the query.
pub const PATH: &str = "/_orion/live";

/// The id of the element that opens the stream.
pub const ELEMENT: &str = "orion-live";

/// The id of the element that is shown while the connection is lost.
pub const BANNER: &str = "orion-banner";

/// Silence of this many milliseconds is a dead connection: three pings were missed.
const DEAD_AFTER: u32 = 45_000;

/// What opens a page's stream and keeps it open; `token` is from [`References::write`](crate::live::References::write).
///
/// Belongs into the body outside of everything that is patched. In development, with the element that shows which regions
/// fail.
///
/// The signal `_live` says how it is: `connecting`, `up`, `down`, or `over` when the server said that it will not be. The
/// banner is plain text in an element of role `status` with the id [`BANNER`]; how it looks is a matter of style sheets.
pub fn markup(token: &str, development: bool) -> Markup {
    // Each call has a controller of its own, and a new call ends the one before. Hidden pages give their stream back, as they
    // would by Datastar's own `openWhenHidden:false`; but that one, when a page is hidden and shown while an attempt is
    // pending, makes a second stream that nothing can end any more.
    // `retryMaxWait`: a page is right within two seconds of a process that is there again, however long it was away.
    // `filterSignals`: a live stream needs no signals, and they would land in logs.
    // A call that ends though nobody aborted it was told not to come back: status 204.
    let open = format!(
        "el.over=false;\
         el.open=()=>{{\
         if(document.hidden||el.over)return;\
         el.stream?.abort();\
         const stream=el.stream=new AbortController();\
         @get('{PATH}?page={token}',{{retry:'always',retryInterval:500,retryScaler:1.5,retryMaxWait:1500,\
         retryMaxCount:Infinity,openWhenHidden:true,requestCancellation:stream,filterSignals:{{include:/^$/}}}})\
         .then(()=>{{if(!stream.signal.aborted){{el.over=true;$_live='over'}}}})\
         }};\
         el.open()"
    );
    // What the client does with its connection; every event, pings too, is a sign of life.
    let hear = "evt.detail.el===el && (el.seen=Date.now(), evt.detail.type==='retrying' ? $_live='down' : \
                evt.detail.type.startsWith('datastar-') && ($_live='up'))";
    // Whoever puts the clock back makes it say nothing of how long it was silent.
    let watch = format!("Math.abs(Date.now()-el.seen)>{DEAD_AFTER} && el.open()");
    html! {
        // Attributes take effect in their order: whoever hears of the stream stands before what opens it.
        div id=(ELEMENT) hidden
            data-signals:_live="'connecting'"
            data-on:datastar-fetch=(hear)
            "data-on-interval__duration.10s"=(watch)
            data-on:online__window="el.open()"
            data-on:visibilitychange__document="document.hidden ? el.stream?.abort() : el.open()"
            data-init=(open) {}
        // By attribute and not `data-show`, whose inline style a content security policy may refuse before it runs.
        div id=(BANNER) role="status" hidden data-attr:hidden="$_live!='down' && $_live!='over'" {
            span data-attr:hidden="$_live!='down'" { "The connection is lost. Trying to reconnect …" }
            span hidden data-attr:hidden="$_live!='over'" {
                "This page is not kept up to date any more. " a href="" { "Reload it" }
            }
        }
        @if development { (over_the_page(&html! {})) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_element_hears_before_it_opens_the_stream() {
        let html = markup("TOKEN", false).into_string();
        let order = [
            "data-signals:_live=",
            "data-on:datastar-fetch=",
            "data-on-interval__duration.10s=",
            "data-on:online__window=",
            "data-on:visibilitychange__document=",
            "data-init=",
        ];
        let found: Vec<_> = order.iter().map(|name| html.find(name).expect(name)).collect();
        assert!(found.is_sorted(), "{html}");
    }

    #[test]
    fn there_is_one_call_that_never_gives_up() {
        let html = markup("TOKEN", false).into_string();
        let call = "@get('/_orion/live?page=TOKEN',{retry:'always',retryInterval:500,retryScaler:1.5,\
                    retryMaxWait:1500,retryMaxCount:Infinity,openWhenHidden:true,requestCancellation:stream,\
                    filterSignals:{include:/^$/}})";
        assert!(html.contains(call), "{html}");
        assert_eq!(html.matches("@get(").count(), 1);
    }

    #[test]
    fn only_development_has_an_overlay() {
        assert!(!markup("TOKEN", false).into_string().contains("orion-overlay"));
        assert!(markup("TOKEN", true).into_string().contains("<div id=\"orion-overlay\" hidden"));
    }
}

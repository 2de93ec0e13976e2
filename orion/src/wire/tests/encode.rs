//! Whatever a value holds, a client reads exactly that value.

use std::time::Duration;

use bytes::BytesMut;
use maud::PreEscaped;
use proptest::prelude::*;
use serde_json::{Value, json};

use super::hostile;
use super::reader::{Received, arrived, read};
use crate::wire::{
    Encode, Event, ExecuteScript, Mode, Namespace, Notice, PatchElements, PatchSignals, Retry,
};

fn only(event: &impl Encode) -> Received {
    let mut events = read(&event.encode());
    assert_eq!(events.len(), 1, "{:?}", event.encode());
    events.remove(0)
}

fn modes() -> impl Strategy<Value = Mode> {
    prop::sample::select(vec![
        Mode::Outer,
        Mode::Inner,
        Mode::Replace,
        Mode::Prepend,
        Mode::Append,
        Mode::Before,
        Mode::After,
        Mode::Remove,
    ])
}

proptest! {
    #[test]
    fn elements_arrive_as_they_are(text in hostile()) {
        let event = only(&PatchElements::new(PreEscaped(&*text)));
        prop_assert_eq!(event.value("elements").unwrap_or_default(), arrived(&text));
        prop_assert!(event.keys().iter().all(|key| *key == "elements"));
        prop_assert_eq!((event.event.as_str(), event.id, event.retry), ("datastar-patch-elements", None, None));
    }

    #[test]
    fn no_field_of_a_patch_becomes_another_field(
        (elements, selector, transition, id) in (hostile(), hostile(), hostile(), hostile()),
        mode in modes(),
    ) {
        let patch = PatchElements::new(PreEscaped(&*elements))
            .selector(&*selector)
            .mode(mode)
            .use_view_transition(true)
            .view_transition_selector(&*transition)
            .namespace(Namespace::Svg)
            .id(&*id)
            .retry(Duration::from_millis(7));
        let event = only(&patch);
        prop_assert_eq!(event.value("selector").unwrap(), selector.replace(['\n', '\r'], " "));
        prop_assert_eq!(event.value("mode"), (mode != Mode::Outer).then_some(mode.as_str()));
        prop_assert_eq!(event.value("useViewTransition"), Some("true"));
        prop_assert_eq!(event.value("viewTransitionSelector").unwrap(), transition.replace(['\n', '\r'], " "));
        prop_assert_eq!(event.value("namespace"), Some("svg"));
        prop_assert_eq!(event.value("elements").unwrap_or_default(), arrived(&elements));
        prop_assert_eq!(event.id.unwrap(), id.replace(['\n', '\r', '\0'], ""));
        prop_assert_eq!(event.retry.as_deref(), Some("7"));
    }

    #[test]
    fn signals_arrive_as_the_same_json(name in hostile(), value in hostile(), pretty in any::<bool>()) {
        let signals = json!({ name: { "value": value } });
        let patch = if pretty {
            PatchSignals::json(serde_json::to_string_pretty(&signals).unwrap().replace('\n', "\r\n"))
        } else {
            PatchSignals::new(&signals)
        };
        let event = only(&patch.unwrap().only_if_missing(true));
        prop_assert_eq!(event.keys(), ["onlyIfMissing", "signals"]);
        prop_assert_eq!(serde_json::from_str::<Value>(event.value("signals").unwrap()).unwrap(), signals);
    }

    #[test]
    fn a_script_stays_in_its_element(text in hostile(), name in hostile(), value in hostile()) {
        let event = only(&ExecuteScript::new(&*text).attribute(&name, &value));
        prop_assert_eq!(event.keys(), ["selector", "mode", "elements"]);
        let element = event.value("elements").unwrap();
        let tag_ends = element.find('>').unwrap();
        prop_assert_eq!(element[..tag_ends].matches('<').count(), 1);
        prop_assert_eq!(element[..tag_ends].matches('"').count() % 2, 0);
        let inside = element[tag_ends + 1..].strip_suffix("</script>").unwrap().to_ascii_lowercase();
        for tag in ["</script", "<script", "<!--", "</body", "</html", "</head"] {
            prop_assert!(!inside.contains(tag), "{}", inside);
        }
        if !text.contains('\\') {
            let original = element[tag_ends + 1..element.len() - 9].replace("\\u003C", "<");
            prop_assert_eq!(original, arrived(&text));
        }
    }

    #[test]
    fn a_notice_is_one_event_without_data(name in hostile()) {
        let event = only(&Notice::new(&*name));
        prop_assert_eq!(event.event, format!("datastar-{}", name.replace(['\n', '\r', '\0'], "")));
        prop_assert!(event.data.is_empty());
    }

    #[test]
    fn events_one_after_the_other_stay_apart(texts in prop::collection::vec(hostile(), 0..5)) {
        let mut stream = String::new();
        for text in &texts {
            PatchElements::new(PreEscaped(&**text)).encode_into(&mut stream);
            Event::from(Retry(Duration::from_millis(9))).encode_into(&mut stream);
        }
        let events = read(&stream);
        prop_assert_eq!(events.len(), 2 * texts.len());
        for (pair, text) in events.chunks(2).zip(&texts) {
            prop_assert_eq!(pair[0].value("elements").unwrap_or_default(), arrived(text));
            prop_assert_eq!(pair[1].retry.as_deref(), Some("9"));
        }
    }
}

#[test]
fn every_buffer_holds_the_same_bytes() {
    let patch = PatchElements::new(PreEscaped("<p id=\"a\">ü</p>"));
    let (mut bytes, mut shared) = (b"before".to_vec(), BytesMut::from("before"));
    patch.encode_into(&mut bytes);
    patch.encode_into(&mut shared);
    assert_eq!(bytes, format!("before{}", patch.encode()).into_bytes());
    assert_eq!(bytes, shared);
}

#[test]
fn defaults_are_not_written() {
    let patch = PatchElements::new(PreEscaped("<p>"))
        .mode(Mode::Outer)
        .namespace(Namespace::Html)
        .use_view_transition(false)
        .view_transition_selector("#only-with-a-transition")
        .retry(Duration::from_secs(1));
    assert_eq!(patch.encode(), "event: datastar-patch-elements\ndata: elements <p>\n\n");
}

#[test]
fn the_fields_come_in_the_order_of_the_decision_record() {
    let patch = PatchElements::new(PreEscaped("<div id=\"feed\">\n    <span>1</span>\n</div>"))
        .retry(Duration::from_secs(2))
        .id("123")
        .namespace(Namespace::MathMl)
        .view_transition_selector("#main")
        .use_view_transition(true)
        .mode(Mode::Inner)
        .selector("#feed");
    assert_eq!(
        patch.encode(),
        "event: datastar-patch-elements\n\
         id: 123\n\
         retry: 2000\n\
         data: selector #feed\n\
         data: mode inner\n\
         data: useViewTransition true\n\
         data: viewTransitionSelector #main\n\
         data: namespace mathml\n\
         data: elements <div id=\"feed\">\n\
         data: elements     <span>1</span>\n\
         data: elements </div>\n\n"
    );
}

//! The crate `datastar` as an oracle: where values hold no line break but LF, our bytes are its bytes.

use std::time::Duration;

use datastar::consts;
use datastar::prelude as sdk;
use maud::PreEscaped;
use proptest::prelude::*;

use crate::wire::{Encode, ExecuteScript, Mode, Namespace, PatchElements, PatchSignals};

/// The modes, ours and the SDK's.
const MODES: [(Mode, consts::ElementPatchMode); 8] = [
    (Mode::Outer, consts::ElementPatchMode::Outer),
    (Mode::Inner, consts::ElementPatchMode::Inner),
    (Mode::Replace, consts::ElementPatchMode::Replace),
    (Mode::Prepend, consts::ElementPatchMode::Prepend),
    (Mode::Append, consts::ElementPatchMode::Append),
    (Mode::Before, consts::ElementPatchMode::Before),
    (Mode::After, consts::ElementPatchMode::After),
    (Mode::Remove, consts::ElementPatchMode::Remove),
];

const NAMESPACES: [(Namespace, consts::Namespace); 3] = [
    (Namespace::Html, consts::Namespace::Html),
    (Namespace::Svg, consts::Namespace::Svg),
    (Namespace::MathMl, consts::Namespace::MathMl),
];

/// Text whose only line break is LF.
fn text() -> impl Strategy<Value = String> {
    "([^\r\n]|\n|</?[a-z]+>|data: ){0,40}"
}

fn line() -> impl Strategy<Value = String> {
    "[^\r\n\0]{0,20}"
}

fn wait() -> impl Strategy<Value = Option<Duration>> {
    prop::option::of(prop_oneof![Just(1000), 1_u64..100_000].prop_map(Duration::from_millis))
}

proptest! {
    #[test]
    fn a_patch_of_elements_is_the_sdks(
        elements in text(),
        (selector, transition, id) in (prop::option::of(line()), prop::option::of(line()), prop::option::of(line())),
        (mode, namespace) in (0..MODES.len(), 0..NAMESPACES.len()),
        use_view_transition in any::<bool>(),
        wait in wait(),
    ) {
        let mut ours = PatchElements::new(PreEscaped(&*elements))
            .mode(MODES[mode].0)
            .namespace(NAMESPACES[namespace].0)
            .use_view_transition(use_view_transition);
        let mut theirs = sdk::PatchElements::new(&*elements)
            .mode(MODES[mode].1)
            .namespace(NAMESPACES[namespace].1)
            .use_view_transition(use_view_transition);
        if let Some(selector) = &selector {
            ours = ours.selector(selector);
            theirs = theirs.selector(selector);
        }
        if let Some(selector) = &transition {
            ours = ours.view_transition_selector(selector);
            theirs = theirs.view_transition_selector(selector);
        }
        if let Some(id) = &id {
            ours = ours.id(id);
            theirs = theirs.id(id);
        }
        if let Some(wait) = wait {
            ours = ours.retry(wait);
            theirs = theirs.retry(wait);
        }
        prop_assert_eq!(ours.encode(), theirs.into_datastar_event().to_string());
    }

    #[test]
    fn a_patch_of_signals_is_the_sdks(
        value in text(),
        pretty in any::<bool>(),
        only_if_missing in any::<bool>(),
        id in line(),
        wait in wait(),
    ) {
        let signals = serde_json::json!({ "a": value, "b": [null, 1] });
        let text = if pretty { serde_json::to_string_pretty(&signals) } else { serde_json::to_string(&signals) };
        let text = text.unwrap();
        let mut ours = PatchSignals::json(&*text).unwrap().only_if_missing(only_if_missing).id(&*id);
        let mut theirs = sdk::PatchSignals::new(&*text).only_if_missing(only_if_missing).id(&*id);
        if let Some(wait) = wait {
            ours = ours.retry(wait);
            theirs = theirs.retry(wait);
        }
        prop_assert_eq!(ours.encode(), theirs.into_datastar_event().to_string());
    }

    /// Without `<`, which the SDK leaves as it is.
    #[test]
    fn a_script_is_the_sdks(
        script in "([^\r\n<]|\n){0,40}",
        auto_remove in any::<bool>(),
        value in prop::option::of("[a-z/]{0,9}"),
        wait in wait(),
    ) {
        let mut ours = ExecuteScript::new(&*script).auto_remove(auto_remove);
        let mut theirs = sdk::ExecuteScript::new(&*script).auto_remove(auto_remove);
        if let Some(value) = value {
            ours = ours.attribute("type", &value);
            theirs = theirs.attributes([format!("type=\"{value}\"")]);
        }
        if let Some(wait) = wait {
            ours = ours.retry(wait);
            theirs = theirs.retry(wait);
        }
        prop_assert_eq!(ours.encode(), theirs.into_datastar_event().to_string());
    }
}

#[test]
fn a_removal_is_the_sdks() {
    let theirs = sdk::PatchElements::new_remove("#a").into_datastar_event().to_string();
    assert_eq!(PatchElements::remove("#a").encode(), theirs);
}

/// Why there is an encoder of our own.
#[test]
fn a_lone_cr_makes_a_field_with_the_sdk_and_none_with_us() {
    let text = "<p>hi\rdata: mode remove</p>";
    let keys = |stream: &str| super::reader::read(stream)[0].keys().len();
    assert_eq!(keys(&sdk::PatchElements::new(text).into_datastar_event().to_string()), 2);
    assert_eq!(keys(&PatchElements::new(PreEscaped(text)).encode()), 1);
}

//! Events: what a client reads of any text that is put into one.

use orion::maud::{PreEscaped, Render as _};
use orion::wire::{Encode, ExecuteScript, Notice, PatchElements, PatchSignals};

pub(crate) const RIGHT: [&[u8]; 4] = [
    b"<ul id=list><li>milk</li></ul>",
    b"a\r\n\r\nevent: datastar-patch-signals\r\rdata: signals {}\n\nb",
    b"id: 7\nretry: 0\n: comment\ndata\ndata:\ndata: elements <b>",
    "</script><!-- \u{2028} \u{85} \u{feff} \0 \\u003c".as_bytes(),
];

/// Whatever a text holds, it makes one event of the name that it should have, whose value is the lines of the text.
pub(crate) fn gate(bytes: &[u8]) {
    let text = &*String::from_utf8_lossy(bytes);
    let mut escaped = String::new();
    text.render_to(&mut escaped);
    let (name, lines) = only(&PatchElements::new(PreEscaped(escaped.clone())).id(text));
    assert_eq!((name.as_str(), value(&lines, "elements")), ("datastar-patch-elements", as_lines(&escaped)));
    let (name, lines) = only(&PatchElements::new(PreEscaped(text)).selector(text));
    assert_eq!((name.as_str(), value(&lines, "elements")), ("datastar-patch-elements", as_lines(text)));
    assert!(!lines.iter().any(|line| line.starts_with("mode ")), "{lines:?}");

    let json = serde_json::json!({ "title": text });
    let (name, lines) = only(&PatchSignals::new(&json).expect("text is JSON"));
    let arrived: serde_json::Value = serde_json::from_str(&value(&lines, "signals")).expect("it is JSON");
    assert_eq!((name.as_str(), arrived), ("datastar-patch-signals", json));

    let (name, lines) = only(&ExecuteScript::new(text).attribute(text, text));
    let script = value(&lines, "elements");
    assert_eq!(
        (name.as_str(), script.matches("</script").count()),
        ("datastar-patch-elements", 1),
        "{script}"
    );
    let (name, _) = only(&Notice::new(text));
    assert!(name.starts_with("datastar-"), "{name}");
}

/// The name and the lines of data of the only event that a client reads (WHATWG HTML, 9.2.6).
fn only(event: &impl Encode) -> (String, Vec<String>) {
    let text = in_lines(&event.encode());
    let (mut events, mut name, mut data) = (Vec::new(), String::new(), Vec::new());
    for line in text.split('\n') {
        let (field, value) = line.split_once(':').unwrap_or((line, ""));
        let value = value.strip_prefix(' ').unwrap_or(value);
        match field {
            "" if line.is_empty() && (!name.is_empty() || !data.is_empty()) => {
                events.push((std::mem::take(&mut name), std::mem::take(&mut data)));
            }
            "event" => value.clone_into(&mut name),
            "data" => data.push(value.to_owned()),
            _ => {}
        }
    }
    assert_eq!(events.len(), 1, "{text:?}");
    events.remove(0)
}

/// As Datastar's client takes the lines of one key together.
fn value(lines: &[String], key: &str) -> String {
    let lines = lines.iter().filter_map(|line| line.split_once(' '));
    lines.filter(|(name, _)| *name == key).map(|(_, value)| value).collect::<Vec<_>>().join("\n")
}

/// The lines of a text: what ends the last one begins none.
fn as_lines(text: &str) -> String {
    let lines = in_lines(text);
    lines.strip_suffix('\n').map(ToOwned::to_owned).unwrap_or(lines)
}

fn in_lines(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n")
}

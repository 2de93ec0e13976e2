//! The tags in markup. Made for what maud writes; what is not well-formed is read past.

/// A tag.
#[derive(Debug, PartialEq)]
pub(super) enum Tag<'a> {
    Open {
        name: &'a str,
        attributes: Vec<(&'a str, &'a str)>,
        /// As it is written.
        text: &'a str,
        /// Whether nothing is in it, and no end of it comes.
        void: bool,
    },
    Close(&'a str),
}

/// Elements without content.
const VOID: [&str; 14] = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track",
    "wbr",
];

/// Elements whose content is text only.
const TEXT: [&str; 4] = ["script", "style", "textarea", "title"];

/// The tags of `html`, in their order.
pub(super) fn tags(html: &str) -> Vec<Tag<'_>> {
    let mut tags = Vec::new();
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        rest = &rest[start..];
        if let Some(comment) = rest.strip_prefix("<!--") {
            rest = comment.split_once("-->").map_or("", |(_, after)| after);
            continue;
        }
        if !rest[1..].starts_with(|next: char| next == '/' || next.is_ascii_alphabetic()) {
            rest = &rest[1..];
            continue;
        }
        let Some(end) = end(rest) else { break };
        let (text, after) = rest.split_at(end);
        rest = after;
        if let Some(name) = text.strip_prefix("</") {
            tags.push(Tag::Close(name.trim_end_matches('>').trim()));
        } else {
            let (name, attributes) = inside(text[1..].trim_end_matches('>'));
            tags.push(Tag::Open {
                name,
                attributes,
                text,
                void: VOID.contains(&name) || text.ends_with("/>"),
            });
            if TEXT.contains(&name) {
                rest = rest.find(&format!("</{name}")).map_or("", |at| &rest[at..]);
            }
        }
    }
    tags
}

/// Where the tag ends that begins here: behind a `>` that is in no quotes.
fn end(tag: &str) -> Option<usize> {
    let mut quote = None;
    for (at, letter) in tag.char_indices() {
        match (quote, letter) {
            (None, '>') => return Some(at + 1),
            (None, '"' | '\'') => quote = Some(letter),
            (Some(open), letter) if open == letter => quote = None,
            _ => {}
        }
    }
    None
}

/// The name and the attributes of a tag without its brackets.
fn inside(tag: &str) -> (&str, Vec<(&str, &str)>) {
    let blank = |letter: char| letter.is_whitespace() || letter == '/';
    let (name, mut rest) = tag.split_once(blank).unwrap_or((tag, ""));
    let mut attributes = Vec::new();
    loop {
        rest = rest.trim_start_matches(blank);
        let end = rest.find(|letter: char| blank(letter) || letter == '=').unwrap_or(rest.len());
        let (key, after) = rest.split_at(end);
        if key.is_empty() && after.is_empty() {
            return (name, attributes);
        }
        let (value, after) = match after.strip_prefix('=') {
            None => ("", after),
            Some(value) => match value.strip_prefix(['"', '\'']) {
                Some(quoted) => quoted.split_once(&value[..1]).unwrap_or((quoted, "")),
                None => value.split_once(blank).unwrap_or((value, "")),
            },
        };
        attributes.push((key, value));
        rest = after;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use maud::{PreEscaped, html};

    fn spelled(html: &str) -> Vec<String> {
        let spell = |tag: Tag<'_>| match tag {
            Tag::Open { name, attributes, void, .. } => {
                format!("{name} {attributes:?}{}", if void { "." } else { "" })
            }
            Tag::Close(name) => format!("/{name}"),
        };
        tags(html).into_iter().map(spell).collect()
    }

    #[test]
    fn what_maud_writes_is_read() {
        let markup = html! {
            ul #list { li title="a > b" hidden { "1 < 2" input value="\"x\""; } }
            textarea { "<b>" } script { (PreEscaped("'<li>'")) }
            (PreEscaped("<!-- <p> --><path d='M0'/>"))
        };
        assert_eq!(
            spelled(&markup.into_string()),
            [
                r#"ul [("id", "list")]"#,
                r#"li [("title", "a &gt; b"), ("hidden", "")]"#,
                r#"input [("value", "&quot;x&quot;")]."#,
                "/li",
                "/ul",
                "textarea []",
                "/textarea",
                "script []",
                "/script",
                r#"path [("d", "M0")]."#,
            ]
        );
    }

    #[test]
    fn what_is_not_well_formed_is_read_past() {
        for html in [
            "<",
            "<p",
            "< p>",
            "<p =>",
            "<p a='>",
            "</",
            "</>",
            "<!--",
            "<script>",
            "<a b=\">\">",
            "<é>",
            "<p é=ü>",
        ] {
            let _ = tags(html);
        }
        assert_eq!(spelled("a < b <b>"), ["b []"]);
        assert_eq!(spelled("<p x=1 y>"), [r#"p [("x", "1"), ("y", "")]"#]);
    }
}

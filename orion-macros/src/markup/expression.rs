//! Datastar's expressions: the signals that they name, and the objects that declare some.

use syn::LitStr;

use super::model::Part;

/// Stands for Rust code in the text of an expression: no letter, and in no expression.
const CODE: char = '\u{1}';

/// A signal that an expression names, in the literal where it stands.
pub(super) struct Named<'a> {
    /// As far as it stands there: `add` of `"$add.c" (id)`.
    pub(super) name: String,
    pub(super) at: &'a LitStr,
}

/// The signals of an expression: what Datastar finds, `$a.b`, outside of strings.
pub(super) fn named(parts: &[Part]) -> Vec<Named<'_>> {
    let (letters, places) = text(parts);
    let mut found = Vec::new();
    let mut at = 0;
    while at < letters.len() {
        if let Some(end) = string(&letters, at) {
            at = end;
            continue;
        }
        if letters[at] != '$' {
            at += 1;
            continue;
        }
        let (mut name, end) = name(&letters, at + 1);
        if letters.get(end) == Some(&CODE)
            || (letters.get(end) == Some(&'.') && letters.get(end + 1) == Some(&CODE))
        {
            // The last part goes on in code, unless a dot ends it.
            if letters[end] == CODE {
                name.truncate(name.rfind('.').unwrap_or(0));
            }
        }
        if let (false, Some(literal)) = (name.is_empty(), places[at]) {
            found.push(Named { name, at: literal });
        }
        at = end.max(at + 1);
    }
    found
}

/// The names of the members of an object, those of the objects in it behind a dot; `None` where they cannot be told.
pub(super) fn members(parts: &[Part]) -> Option<Vec<String>> {
    let (letters, _) = text(parts);
    let mut at = letters.iter().position(|letter| !letter.is_whitespace())?;
    let mut names = Vec::new();
    object(&letters, &mut at, "", &mut names)?;
    letters[at..].iter().all(|letter| letter.is_whitespace()).then_some(names)
}

/// Reads `{a: 1, 'b': {c: 2}}` from its brace on.
fn object(letters: &[char], at: &mut usize, prefix: &str, names: &mut Vec<String>) -> Option<()> {
    if letters.get(*at) != Some(&'{') {
        return None;
    }
    *at += 1;
    loop {
        skip_blank(letters, at);
        if letters.get(*at)? == &'}' {
            *at += 1;
            return Some(());
        }
        let start = *at;
        let key: String = match string(letters, start) {
            Some(end) => {
                *at = end;
                letters[start + 1..end - 1].iter().collect()
            }
            None => {
                while letters
                    .get(*at)
                    .is_some_and(|letter| letter.is_alphanumeric() || "_$".contains(*letter))
                {
                    *at += 1;
                }
                letters[start..*at].iter().collect()
            }
        };
        skip_blank(letters, at);
        if key.is_empty() || letters.get(*at)? != &':' {
            return None;
        }
        *at += 1;
        skip_blank(letters, at);
        let name = format!("{prefix}{key}");
        if letters.get(*at)? == &'{' {
            object(letters, at, &format!("{name}."), names)?;
        }
        names.push(name);
        value(letters, at)?;
    }
}

/// Skips to the end of a member, and its comma.
fn value(letters: &[char], at: &mut usize) -> Option<()> {
    let mut depth = 0_u32;
    loop {
        if let Some(end) = string(letters, *at) {
            *at = end;
            continue;
        }
        match letters.get(*at)? {
            '{' | '[' | '(' => depth += 1,
            '}' if depth == 0 => return Some(()),
            '}' | ']' | ')' => depth = depth.checked_sub(1)?,
            ',' if depth == 0 => {
                *at += 1;
                return Some(());
            }
            _ => {}
        }
        *at += 1;
    }
}

fn skip_blank(letters: &[char], at: &mut usize) {
    while letters.get(*at).is_some_and(|letter| letter.is_whitespace()) {
        *at += 1;
    }
}

/// The letters, and for each the literal that it is of.
fn text(parts: &[Part]) -> (Vec<char>, Vec<Option<&LitStr>>) {
    let (mut letters, mut places) = (Vec::new(), Vec::new());
    for part in parts {
        match part {
            Part::Text(literal) => letters.extend(literal.value().chars()),
            Part::Code(_) => letters.push(CODE),
        }
        let place = match part {
            Part::Text(literal) => Some(literal),
            Part::Code(_) => None,
        };
        places.resize(letters.len(), place);
    }
    (letters, places)
}

/// The end of the string that begins here. One with `${` in it is none: Datastar looks for signals in it.
fn string(letters: &[char], start: usize) -> Option<usize> {
    let quote = *letters.get(start)?;
    if !matches!(quote, '"' | '\'' | '`') {
        return None;
    }
    let mut at = start + 1;
    loop {
        match letters.get(at)? {
            '\\' => at += 2,
            '$' if quote == '`' && letters.get(at + 1) == Some(&'{') => return None,
            letter if *letter == quote => return Some(at + 1),
            _ => at += 1,
        }
    }
}

/// `\w+(?:[.-]\w+)*`
fn name(letters: &[char], start: usize) -> (String, usize) {
    let is_word = |at: usize| letters.get(at).is_some_and(|l: &char| l.is_ascii_alphanumeric() || *l == '_');
    let mut end = start;
    while is_word(end) || (end > start && matches!(letters.get(end), Some('.' | '-')) && is_word(end + 1)) {
        end += 1;
    }
    (letters[start..end].iter().collect(), end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proc_macro2::TokenStream;
    use syn::parse_quote;

    fn names(parts: &[Part]) -> Vec<String> {
        named(parts).into_iter().map(|named| named.name).collect()
    }

    fn lit(text: &str) -> Part {
        Part::Text(LitStr::new(text, proc_macro2::Span::call_site()))
    }

    fn code() -> Part {
        let tokens: TokenStream = parse_quote!(id);
        Part::Code(tokens)
    }

    #[test]
    fn signals_are_found_where_datastar_finds_them() {
        assert_eq!(names(&[lit("$a.b && $c-d != '$no' + \"it\\\"s $no\" + `$no`")]), ["a.b", "c-d"]);
        assert_eq!(names(&[lit("`x ${$a + $b.c}` + $d.trim() - $e")]), ["a", "b.c", "d.trim", "e"]);
        assert_eq!(names(&[lit("$ $1 /^$/ $_x")]), ["1", "_x"]);
    }

    #[test]
    fn a_name_that_goes_on_in_code_is_known_up_to_there() {
        assert_eq!(names(&[lit("$errors."), code()]), ["errors"]);
        assert_eq!(names(&[lit("$add.c"), code(), lit(" != $x")]), ["add", "x"]);
        assert_eq!(names(&[lit("$"), code()]), [""; 0]);
        assert_eq!(names(&[lit("$ad"), code()]), [""; 0]);
        assert_eq!(names(&[lit("$a = '"), code(), lit("$no'; $b")]), ["a", "b"]);
    }

    #[test]
    fn the_members_of_an_object_are_told_with_those_within() {
        let all = |parts: &[Part]| members(parts);
        let expected = Some(vec!["edit.card".into(), "edit".into(), "drag".into(), "my-x".into()]);
        assert_eq!(all(&[lit("{edit: {card: 0}, drag: [1, {a: 2}], 'my-x': f('}', 1)}")]), expected);
        assert_eq!(all(&[lit("{a: "), code(), lit(", b: 1 }")]), Some(vec!["a".into(), "b".into()]));
        assert_eq!(all(&[lit("{}")]), Some(vec![]));
        for unclear in ["x", "{...x}", "{[a]: 1}", "{a", "{a: {", "", "{a: 1} + 1"] {
            assert_eq!(all(&[lit(unclear)]), None, "{unclear}");
        }
        assert_eq!(all(&[code()]), None);
    }
}

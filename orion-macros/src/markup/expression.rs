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
    let (mut reader, places) = Reader::new(parts);
    let mut found = Vec::new();
    while let Some(letter) = reader.peek() {
        if reader.string().is_some() {
            continue;
        }
        let place = places[reader.at];
        reader.at += 1;
        if letter == '$'
            && let Some(name) = reader.name()
            && let Some(at) = place
        {
            found.push(Named { name, at });
        }
    }
    found
}

/// The names of the members of an object, those of the objects in it behind a dot; `None` where they cannot be told.
pub(super) fn members(parts: &[Part]) -> Option<Vec<String>> {
    let (mut reader, _) = Reader::new(parts);
    let mut names = Vec::new();
    reader.skip_blank();
    reader.object("", &mut names)?;
    reader.skip_blank();
    reader.peek().is_none().then_some(names)
}

/// A place in the text of an expression.
struct Reader {
    letters: Vec<char>,
    at: usize,
}

impl Reader {
    /// At the beginning; with the literal that each letter is of.
    fn new(parts: &[Part]) -> (Self, Vec<Option<&LitStr>>) {
        let (mut letters, mut places) = (Vec::new(), Vec::new());
        for part in parts {
            let place = match part {
                Part::Text(literal) => {
                    letters.extend(literal.value().chars());
                    Some(literal)
                }
                Part::Code(_) => {
                    letters.push(CODE);
                    None
                }
            };
            places.resize(letters.len(), place);
        }
        (Self { letters, at: 0 }, places)
    }

    fn peek(&self) -> Option<char> {
        self.letters.get(self.at).copied()
    }

    fn skip_blank(&mut self) {
        while self.peek().is_some_and(char::is_whitespace) {
            self.at += 1;
        }
    }

    /// Takes the string that begins here. One with `${` in it is none: Datastar looks for signals in it.
    fn string(&mut self) -> Option<String> {
        let quote = self.peek().filter(|letter| matches!(letter, '"' | '\'' | '`'))?;
        let start = self.at + 1;
        let mut end = start;
        loop {
            match self.letters.get(end)? {
                '\\' => end += 2,
                '$' if quote == '`' && self.letters.get(end + 1) == Some(&'{') => return None,
                letter if *letter == quote => break,
                _ => end += 1,
            }
        }
        self.at = end + 1;
        Some(self.letters[start..end].iter().collect())
    }

    /// Takes a signal's name, `\w+(?:[.-]\w+)*`; of one that goes on in code what stands before its last part.
    fn name(&mut self) -> Option<String> {
        let is_word =
            |at: usize| self.letters.get(at).is_some_and(|l| l.is_ascii_alphanumeric() || *l == '_');
        let (start, mut end) = (self.at, self.at);
        while is_word(end)
            || (end > start && matches!(self.letters.get(end), Some('.' | '-')) && is_word(end + 1))
        {
            end += 1;
        }
        self.at = end;
        let name: String = self.letters[start..end].iter().collect();
        let whole = if self.peek() == Some(CODE) { name.rsplit_once('.')?.0 } else { &name };
        (!whole.is_empty()).then(|| whole.to_owned())
    }

    /// Takes `{a: 1, 'b': {c: 2}}`.
    fn object(&mut self, prefix: &str, names: &mut Vec<String>) -> Option<()> {
        self.take('{')?;
        loop {
            self.skip_blank();
            if self.take('}').is_some() {
                return Some(());
            }
            let name = format!("{prefix}{}", self.key()?);
            self.skip_blank();
            self.take(':')?;
            self.skip_blank();
            if self.peek() == Some('{') {
                self.object(&format!("{name}."), names)?;
            }
            names.push(name);
            self.skip_value()?;
        }
    }

    fn key(&mut self) -> Option<String> {
        if let Some(quoted) = self.string() {
            return Some(quoted);
        }
        let start = self.at;
        while self.peek().is_some_and(|letter| letter.is_alphanumeric() || "_$".contains(letter)) {
            self.at += 1;
        }
        (self.at > start).then(|| self.letters[start..self.at].iter().collect())
    }

    /// Skips to the end of a member, and its comma.
    fn skip_value(&mut self) -> Option<()> {
        let mut depth = 0_u32;
        loop {
            if self.string().is_some() {
                continue;
            }
            match self.peek()? {
                '{' | '[' | '(' => depth += 1,
                '}' if depth == 0 => return Some(()),
                '}' | ']' | ')' => depth = depth.checked_sub(1)?,
                ',' if depth == 0 => return self.take(','),
                _ => {}
            }
            self.at += 1;
        }
    }

    fn take(&mut self, letter: char) -> Option<()> {
        (self.peek()? == letter).then(|| self.at += 1)
    }
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

//! SQL cut into tokens by SQLite's own rules (`tokenize.c`), with the nesting of parentheses. Knows no grammar.
//!
//! Every text can be cut; what SQLite would refuse becomes a token of class `Illegal`.

use std::ops::Range;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    /// A keyword or a bare name.
    Word,
    /// A name in double quotes, back quotes or brackets.
    Quoted,
    /// A string in single quotes.
    Text,
    Blob,
    Number,
    Parameter,
    Symbol,
    Illegal,
}

#[derive(Debug, Clone, Copy)]
pub(super) struct Token<'s> {
    pub(super) class: Class,
    pub(super) text: &'s str,
    /// The byte at which it starts.
    pub(super) start: usize,
}

impl Token<'_> {
    /// Whether it is this keyword (in lower case) or symbol.
    pub(super) fn is(&self, what: &str) -> bool {
        match self.class {
            Class::Word => self.text.eq_ignore_ascii_case(what),
            Class::Symbol => self.text == what,
            _ => false,
        }
    }

    /// Whether it is one of these keywords or symbols.
    pub(super) fn is_any(&self, what: &[&str]) -> bool {
        what.iter().any(|what| self.is(what))
    }

    /// The name that it stands for, without its quotes.
    pub(super) fn name(&self) -> Option<String> {
        let open = match self.class {
            Class::Word => return Some(self.text.to_owned()),
            Class::Quoted | Class::Text => self.text.chars().next()?,
            _ => return None,
        };
        let inside = &self.text[1..self.text.len() - 1];
        Some(if open == '[' {
            inside.to_owned()
        } else {
            inside.replace(&format!("{open}{open}"), &open.to_string())
        })
    }

    /// Its bytes.
    pub(super) fn range(&self) -> Range<usize> {
        self.start..self.start + self.text.len()
    }
}

/// The tokens of a text, without spaces and comments. Ranges in this module's terms count tokens, not bytes.
#[derive(Debug)]
pub(super) struct Tokens<'s> {
    sql: &'s str,
    list: Vec<Token<'s>>,
    /// For each token the opening parenthesis around it.
    around: Vec<Option<usize>>,
    /// For each opening parenthesis the token that closes it; one past the end where none does.
    closing: Vec<usize>,
}

impl<'s> Tokens<'s> {
    pub(super) fn of(sql: &'s str) -> Self {
        let mut list = Vec::new();
        let mut at = 0;
        while at < sql.len() {
            let (class, length) = scan(&sql.as_bytes()[at..]);
            if let Some(class) = class {
                list.push(Token { class, text: &sql[at..at + length], start: at });
            }
            at += length;
        }
        let (around, closing) = nesting(&list);
        Self { sql, list, around, closing }
    }

    pub(super) fn sql(&self) -> &'s str {
        self.sql
    }
    pub(super) fn len(&self) -> usize {
        self.list.len()
    }
    pub(super) fn all(&self) -> Range<usize> {
        0..self.list.len()
    }
    pub(super) fn get(&self, at: usize) -> Option<&Token<'s>> {
        self.list.get(at)
    }
    /// Whether token `at` is this keyword or symbol.
    pub(super) fn is(&self, at: usize, what: &str) -> bool {
        self.get(at).is_some_and(|token| token.is(what))
    }
    /// Whether token `at` is one of these keywords or symbols.
    pub(super) fn is_any(&self, at: usize, what: &[&str]) -> bool {
        self.get(at).is_some_and(|token| token.is_any(what))
    }
    pub(super) fn class(&self, at: usize) -> Option<Class> {
        self.get(at).map(|token| token.class)
    }
    /// The name that token `at` stands for; a string in single quotes is none.
    pub(super) fn name(&self, at: usize) -> Option<String> {
        self.get(at).filter(|token| matches!(token.class, Class::Word | Class::Quoted)).and_then(Token::name)
    }
    /// The opening parenthesis around token `at`.
    pub(super) fn around(&self, at: usize) -> Option<usize> {
        self.around.get(at).copied().flatten()
    }
    /// What the parenthesis that opens at `open` encloses.
    pub(super) fn inside(&self, open: usize) -> Range<usize> {
        open + 1..self.closing.get(open).copied().unwrap_or(0).clamp(open + 1, self.len().max(open + 1))
    }
    /// The token after `at`, or after the parenthesis that opens there.
    pub(super) fn after(&self, at: usize) -> usize {
        if self.is(at, "(") { self.inside(at).end + 1 } else { at + 1 }
    }
    /// The tokens of a range that are in no parenthesis that opens within it; of those only the opening is given.
    pub(super) fn top(&self, range: Range<usize>) -> impl Iterator<Item = usize> {
        let end = range.end.min(self.len());
        let first = Some(range.start).filter(|at| *at < end);
        std::iter::successors(first, move |at| Some(self.after(*at)).filter(|next| *next < end))
    }
    /// The first such token that is this keyword or symbol.
    pub(super) fn find(&self, range: Range<usize>, what: &str) -> Option<usize> {
        self.top(range).find(|at| self.is(*at, what))
    }
    /// The pieces of a range between such tokens that are this symbol.
    pub(super) fn split(&self, range: Range<usize>, what: &str) -> Vec<Range<usize>> {
        let mut pieces = Vec::new();
        let mut start = range.start;
        for at in self.top(range.clone()).filter(|at| self.is(*at, what)) {
            pieces.push(start..at);
            start = at + 1;
        }
        pieces.push(start..range.end);
        pieces
    }
    /// The bytes of a range of tokens.
    pub(super) fn bytes(&self, range: Range<usize>) -> Range<usize> {
        match (self.get(range.start), range.end.checked_sub(1).and_then(|last| self.get(last))) {
            (Some(first), Some(last)) if range.start < range.end => first.start..last.range().end,
            (Some(first), _) => first.start..first.start,
            (None, _) => self.sql.len()..self.sql.len(),
        }
    }
    /// The text of a range of tokens.
    pub(super) fn text(&self, range: Range<usize>) -> &'s str {
        &self.sql[self.bytes(range)]
    }
    /// The token at a byte, or the first one after it.
    pub(super) fn at_byte(&self, byte: usize) -> Option<usize> {
        self.list.iter().position(|token| token.range().end > byte)
    }
}

/// For each token the parenthesis around it, and for each opening parenthesis the one that closes it.
fn nesting(list: &[Token<'_>]) -> (Vec<Option<usize>>, Vec<usize>) {
    let mut around = Vec::with_capacity(list.len());
    let mut closing = vec![list.len(); list.len()];
    let mut open = Vec::new();
    for (at, token) in list.iter().enumerate() {
        if token.is(")")
            && let Some(start) = open.pop()
        {
            closing[start] = at;
        }
        around.push(open.last().copied());
        if token.is("(") {
            open.push(at);
        }
    }
    (around, closing)
}

/// The class and the length of what `rest` starts with; no class for spaces and comments.
fn scan(rest: &[u8]) -> (Option<Class>, usize) {
    let run = |from: usize, belongs: fn(u8) -> bool| {
        from + rest[from..].iter().take_while(|byte| belongs(**byte)).count()
    };
    match rest[0] {
        b' ' | b'\t' | b'\n' | b'\x0c' | b'\r' => {
            (None, run(0, |byte| matches!(byte, b' ' | b'\t' | b'\n' | b'\x0c' | b'\r')))
        }
        b'-' if rest.starts_with(b"--") => (None, run(0, |byte| byte != b'\n')),
        b'/' if rest.starts_with(b"/*") => {
            (None, rest[2..].windows(2).position(|pair| pair == b"*/").map_or(rest.len(), |at| at + 4))
        }
        b'\'' => quoted(rest, b'\'', Class::Text),
        b'"' => quoted(rest, b'"', Class::Quoted),
        b'`' => quoted(rest, b'`', Class::Quoted),
        b'[' => match rest.iter().position(|byte| *byte == b']') {
            Some(end) => (Some(Class::Quoted), end + 1),
            None => (Some(Class::Illegal), rest.len()),
        },
        b'?' => (Some(Class::Parameter), run(1, |byte| byte.is_ascii_digit())),
        b':' | b'@' | b'$' => variable(rest),
        b'.' if rest.get(1).is_some_and(u8::is_ascii_digit) => number(rest),
        b'0'..=b'9' => number(rest),
        b'x' | b'X' if rest.get(1) == Some(&b'\'') => blob(rest),
        // A byte order mark is a space, as in SQLite.
        0xef if rest.starts_with(b"\xef\xbb\xbf") => (None, 3),
        byte if in_name(byte) => (Some(Class::Word), run(0, in_name)),
        _ => symbol(rest),
    }
}

/// SQLite's `IdChar`: every byte of a character beyond ASCII belongs to a name.
fn in_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'$' || byte >= 0x80
}

fn quoted(rest: &[u8], quote: u8, class: Class) -> (Option<Class>, usize) {
    let mut at = 1;
    while let Some(found) = rest[at..].iter().position(|byte| *byte == quote) {
        at += found + 1;
        if rest.get(at) != Some(&quote) {
            return (Some(class), at);
        }
        at += 1;
    }
    (Some(Class::Illegal), rest.len())
}

/// `:name`, `@name`, `$name`; a `::` belongs to it, as in SQLite, where it is Tcl's.
fn variable(rest: &[u8]) -> (Option<Class>, usize) {
    let mut at = 1;
    loop {
        if rest.get(at).copied().is_some_and(in_name) {
            at += 1;
        } else if at > 1 && rest[at..].starts_with(b"::") {
            at += 2;
        } else {
            break;
        }
    }
    (Some(if at > 1 { Class::Parameter } else { Class::Illegal }), at)
}

fn number(rest: &[u8]) -> (Option<Class>, usize) {
    let digit = |at: usize| rest.get(at).is_some_and(|byte| byte.is_ascii_digit() || *byte == b'_');
    let mut at = 0;
    if rest.len() > 2 && rest[0] == b'0' && rest[1].eq_ignore_ascii_case(&b'x') && rest[2].is_ascii_hexdigit()
    {
        at = 2;
        while rest.get(at).is_some_and(|byte| byte.is_ascii_hexdigit() || *byte == b'_') {
            at += 1;
        }
    } else {
        while digit(at) {
            at += 1;
        }
        if rest.get(at) == Some(&b'.') {
            at += 1;
            while digit(at) {
                at += 1;
            }
        }
        if rest.get(at).is_some_and(|byte| byte.eq_ignore_ascii_case(&b'e')) {
            let sign = usize::from(matches!(rest.get(at + 1), Some(b'+' | b'-')));
            if rest.get(at + 1 + sign).is_some_and(u8::is_ascii_digit) {
                at += 1 + sign;
                while digit(at) {
                    at += 1;
                }
            }
        }
    }
    let end = at + rest[at..].iter().take_while(|byte| in_name(**byte)).count();
    (Some(if end == at { Class::Number } else { Class::Illegal }), end)
}

fn blob(rest: &[u8]) -> (Option<Class>, usize) {
    let digits = rest[2..].iter().take_while(|byte| byte.is_ascii_hexdigit()).count();
    if digits.is_multiple_of(2) && rest.get(2 + digits) == Some(&b'\'') {
        return (Some(Class::Blob), digits + 3);
    }
    let end = rest[2..].iter().position(|byte| *byte == b'\'').map_or(rest.len(), |at| at + 3);
    (Some(Class::Illegal), end)
}

fn symbol(rest: &[u8]) -> (Option<Class>, usize) {
    const LONG: [&[u8]; 10] = [b"->>", b"->", b"==", b"<=", b"<>", b"<<", b">=", b">>", b"!=", b"||"];
    if let Some(symbol) = LONG.iter().find(|symbol| rest.starts_with(symbol)) {
        return (Some(Class::Symbol), symbol.len());
    }
    let class = if b"()+*/%&|~,;.=<>-".contains(&rest[0]) { Class::Symbol } else { Class::Illegal };
    (Some(class), 1)
}

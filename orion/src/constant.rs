//! Text in constants: comparing it, and putting messages together where there is no `format!`.

use std::panic::Location;

/// The longest message, in bytes.
const MOST: usize = 2048;

/// Whether `name` is among the names.
pub(crate) const fn contains(names: &[&str], name: &str) -> bool {
    let mut at = 0;
    while at < names.len() {
        if same(names[at], name) {
            return true;
        }
        at += 1;
    }
    false
}

/// Whether two texts are equal. From the end: names that differ mostly begin alike, and a constant counts every step.
pub(crate) const fn same(a: &str, b: &str) -> bool {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    if a.len() != b.len() {
        return false;
    }
    let mut left = a.len();
    while left > 0 {
        left -= 1;
        if a[left] != b[left] {
            return false;
        }
    }
    true
}

/// A message put together in a constant, where there is no `format!`. What is longer is cut off.
pub(crate) struct Message {
    text: [u8; MOST],
    len: usize,
    full: bool,
}

impl Message {
    /// An empty one.
    pub(crate) const fn new() -> Self {
        Self { text: [0; MOST], len: 0, full: false }
    }

    /// Adds all of `part` or, where it does not fit, nothing from here on: so the text stays UTF-8.
    pub(crate) const fn add(mut self, part: &str) -> Self {
        let part = part.as_bytes();
        self.full |= part.len() > self.text.len() - self.len;
        if self.full {
            return self;
        }
        let mut at = 0;
        while at < part.len() {
            self.text[self.len] = part[at];
            self.len += 1;
            at += 1;
        }
        self
    }

    /// Adds where something is declared: ` (src/board.rs:12)`.
    pub(crate) const fn place(self, at: &Location<'_>) -> Self {
        self.add(" (").add(at.file()).add(":").number(at.line()).add(")")
    }

    const fn number(self, number: u32) -> Self {
        const DIGITS: [&str; 10] = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"];
        let before = if number > 9 { self.number(number / 10) } else { self };
        before.add(DIGITS[(number % 10) as usize])
    }

    /// Adds names in a row: `` `a`, `b` and `c` ``.
    pub(crate) const fn list(mut self, names: &[&str]) -> Self {
        let mut at = 0;
        while at < names.len() {
            self = self.add(before(at, names.len())).add(names[at]).add("`");
            at += 1;
        }
        self
    }

    /// Fails the compilation with it.
    #[track_caller]
    pub(crate) const fn panic(&self) -> ! {
        panic!("{}", self.text())
    }

    /// The text.
    pub(crate) const fn text(&self) -> &str {
        match std::str::from_utf8(self.text.split_at(self.len).0) {
            Ok(text) => text,
            // Only whole texts are added.
            Err(_) => "",
        }
    }
}

/// What stands before a name in a row of so many.
pub(crate) const fn before(at: usize, of: usize) -> &'static str {
    match at {
        0 => "`",
        at if at + 1 == of => " and `",
        _ => ", `",
    }
}

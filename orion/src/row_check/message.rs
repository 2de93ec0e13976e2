//! Texts in constants.

use super::Column;

/// A message put together in a constant, where there is no `format!`. What is longer is cut off.
pub(super) struct Message {
    text: [u8; 1024],
    len: usize,
    full: bool,
}

impl Message {
    pub(super) const fn new() -> Self {
        Self { text: [0; 1024], len: 0, full: false }
    }

    /// Adds all of `part` or, where it does not fit, nothing from here on: so the text stays UTF-8.
    pub(super) const fn add(mut self, part: &str) -> Self {
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

    pub(super) const fn list(mut self, names: &[&str]) -> Self {
        let mut at = 0;
        while at < names.len() {
            self = self.add(before(at, names.len())).add(names[at]).add("`");
            at += 1;
        }
        self
    }

    pub(super) const fn columns(mut self, columns: &[Column]) -> Self {
        let mut at = 0;
        while at < columns.len() {
            self = self.add(before(at, columns.len())).add(columns[at].name).add("`");
            at += 1;
        }
        self
    }

    /// Why the column must be an `Option`.
    pub(super) const fn why_null(self, column: &Column) -> Self {
        match column.null {
            Some(_) => self.add("`").add(column.name).add("` may be null"),
            None => self.add("it cannot be told whether `").add(column.name).add("` may be null"),
        }
    }

    /// The end of a sentence that begins with "promise".
    pub(super) const fn promise(self, column: &Column) -> Self {
        self.add(" that it never is: `… as \"").add(column.name).add("!\"`")
    }

    #[track_caller]
    pub(super) const fn panic(&self) -> ! {
        match std::str::from_utf8(self.text.split_at(self.len).0) {
            Ok(message) => panic!("{}", message),
            Err(_) => panic!("a query does not match its types"),
        }
    }
}

/// What stands before a name in a list of so many.
const fn before(at: usize, of: usize) -> &'static str {
    match at {
        0 => "`",
        at if at + 1 == of => " and `",
        _ => ", `",
    }
}

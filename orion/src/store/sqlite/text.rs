//! SQL as text: just enough of the lexer (<https://www.sqlite.org/lang.html>) to see past white space and comments.
//! Prepares nothing and touches no database.

/// What a statement of a feature module may begin with. Transactions belong to the store, schemas to migrations and
/// settings to the options, so a list of what is let in is shorter, and safer, than one of what is not.
const ALLOWED: [&str; 7] = ["select", "values", "with", "insert", "update", "delete", "replace"];

/// Whether a feature module may run this statement; SQLite decides what a statement is by its first word too.
pub(super) fn is_query(sql: &str) -> bool {
    // For every statement that runs: byte by byte.
    let text = past_layout(sql).as_bytes();
    let end = text.iter().position(|&byte| !in_word(char::from(byte))).unwrap_or(text.len());
    ALLOWED.iter().any(|word| text[..end].eq_ignore_ascii_case(word.as_bytes()))
}

/// Whether two texts differ in nothing but white space and comments.
pub(super) fn same_but_for_layout(one: &str, other: &str) -> bool {
    Lexemes(one).eq(Lexemes(other))
}

/// The words, quoted things and signs of an SQL text, in their order.
struct Lexemes<'a>(&'a str);

impl<'a> Iterator for Lexemes<'a> {
    type Item = &'a str;

    fn next(&mut self) -> Option<&'a str> {
        let text = past_layout(self.0);
        let first = text.chars().next()?;
        let length = match first {
            '\'' | '"' | '`' => quoted(text, first),
            '[' => text.find(']').map_or(text.len(), |end| end + 1),
            _ if in_word(first) => text.find(|c| !in_word(c)).unwrap_or(text.len()),
            _ => first.len_utf8(),
        };
        let (lexeme, rest) = text.split_at(length);
        self.0 = rest;
        Some(lexeme)
    }
}

/// The text behind white space and comments.
fn past_layout(mut text: &str) -> &str {
    loop {
        text = text.trim_start_matches(|c: char| c.is_ascii_whitespace());
        if let Some(comment) = text.strip_prefix("--") {
            text = comment.find('\n').map_or("", |end| &comment[end..]);
        } else if let Some(comment) = text.strip_prefix("/*") {
            text = comment.find("*/").map_or("", |end| &comment[end + 2..]);
        } else {
            return text;
        }
    }
}

/// The length of what `text` begins with in quotes. A doubled quote inside reads as two quoted things, which compares
/// just as well.
fn quoted(text: &str, quote: char) -> usize {
    text[1..].find(quote).map_or(text.len(), |end| end + 2)
}

fn in_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_' || c == '$' || !c.is_ascii()
}

#[cfg(test)]
mod tests {
    use super::{is_query, same_but_for_layout};

    #[test]
    fn what_reads_and_writes_rows_is_let_in() {
        for sql in [
            "select 1",
            "  SELECT 1",
            "-- why\nselect 1",
            "/* a\n*/ with x as (select 1) select * from x",
            "insert into a values (1)",
            "Update a set b = 1",
            "delete from a",
            "replace into a values (1)",
            "values (1)",
        ] {
            assert!(is_query(sql), "{sql}");
        }
    }

    #[test]
    fn what_belongs_to_the_store_is_not() {
        for sql in [
            "begin",
            "COMMIT",
            "end",
            "rollback",
            "savepoint a",
            "release a",
            "attach 'x' as y",
            "detach y",
            "pragma foreign_keys = off",
            "vacuum",
            "create table a (b)",
            "drop table a",
            "alter table a add b",
            "explain select 1",
            "/**/ -- x\n begin",
            "/* select */",
            "--",
            "",
            "selective",
            "'select'",
        ] {
            assert!(!is_query(sql), "{sql}");
        }
    }

    #[test]
    fn layout_is_white_space_and_comments_outside_quotes() {
        assert!(same_but_for_layout("create table a (b)", "create  table a(\n  b -- the b\n)"));
        assert!(same_but_for_layout("a /* x */ b", "a b"));
        assert!(!same_but_for_layout("a b", "ab"));
        assert!(!same_but_for_layout("values ('a b')", "values ('a  b')"));
        assert!(!same_but_for_layout("values ('--')", "values ('')"));
        assert!(!same_but_for_layout("a", "a b"));
        assert!(same_but_for_layout("values ('it''s')", "values ( 'it''s' )"));
    }

    #[test]
    fn half_written_text_is_read_to_its_end() {
        for sql in ["'", "\"a", "[a", "/*", "--", "é'"] {
            assert!(same_but_for_layout(sql, sql), "{sql}");
        }
    }
}

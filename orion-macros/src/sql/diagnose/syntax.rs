//! What is wrong where SQLite only says "syntax error".

use super::Refused;
use crate::nearest::nearest;
use crate::sql::error::SqlError;
use crate::sql::tokens::{Class, Token};

impl Refused<'_> {
    /// The word that SQLite stumbled over or the one before it, where it is nearly a keyword; a keyword where a name should
    /// be; a comma too many.
    pub(super) fn syntax_help(&self, at: usize, error: &mut SqlError) {
        let Some(here) = self.tokens.get(at) else { return };
        for word in
            [Some(at), at.checked_sub(1)].into_iter().flatten().filter(|at| self.statement.contains(at))
        {
            let Some(token) = self.tokens.get(word).filter(|token| token.class == Class::Word) else {
                continue;
            };
            let lower = token.text.to_ascii_lowercase();
            let known = KEYWORDS.contains(&lower.as_str()) || NAME_LIKE.contains(&lower.as_str());
            if known || lower.len() < 4 || self.catalog.columns(&lower).is_some() {
                continue;
            }
            if let Some(keyword) = nearest(&lower, KEYWORDS) {
                error.at = Some(token.range());
                error.help = Some(format!("did you mean `{keyword}`?"));
                return;
            }
        }
        let before = at.checked_sub(1).and_then(|before| self.tokens.get(before));
        if here.is_any(&["from", ")", "where", "values"]) && before.is_some_and(|before| before.is(",")) {
            error.at = before.map(Token::range);
            error.help = Some(format!("take the comma before `{}` away", here.text));
        } else if here.is_any(&NAME_LIKE) && before.is_some_and(precedes_name) {
            let word = here.text;
            error.help = Some(format!("`{word}` is a keyword of SQL; as a name it is written `\"{word}\"`"));
        }
    }
}

/// Whether a name can follow.
fn precedes_name(token: &Token<'_>) -> bool {
    const OPENERS: [&str; 16] = [
        "select", "distinct", "where", "and", "or", "not", "on", "by", "set", "add", "column", "table",
        "into", "from", "join", "update",
    ];
    token.is_any(&OPENERS) || (token.class == Class::Symbol && token.text != ")")
}

/// Keywords that are mistyped.
const KEYWORDS: [&str; 37] = [
    "select",
    "from",
    "where",
    "insert",
    "into",
    "values",
    "update",
    "delete",
    "create",
    "table",
    "index",
    "view",
    "trigger",
    "join",
    "left",
    "inner",
    "group",
    "order",
    "having",
    "limit",
    "offset",
    "union",
    "returning",
    "conflict",
    "primary",
    "references",
    "default",
    "unique",
    "check",
    "strict",
    "without",
    "begin",
    "alter",
    "column",
    "integer",
    "between",
    "distinct",
];

/// Keywords that are often meant as names.
const NAME_LIKE: [&str; 18] = [
    "add",
    "alter",
    "case",
    "check",
    "collate",
    "commit",
    "constraint",
    "create",
    "default",
    "exists",
    "group",
    "index",
    "limit",
    "order",
    "references",
    "table",
    "to",
    "transaction",
];

//! Common table expressions: what is known of the columns of each, also of one that names itself.

use std::ops::Range;

use super::analysis::{Analysis, Rows, renamed};
use super::select::{self, Cte};

/// A recursion that is not understood after so many looks is not known.
const LOOKS: usize = 8;

impl Analysis<'_> {
    /// Brings common table expressions into reach. Each may name all of them; until one is walked it is not known.
    pub(super) fn with(&mut self, ctes: &[Cte], nested: bool) {
        let first = self.ctes.len();
        self.ctes.extend(ctes.iter().map(|cte| (cte.name.clone(), None)));
        for (i, cte) in ctes.iter().enumerate() {
            let rows = self.common(cte, first + i, nested);
            self.ctes[first + i].1 = renamed(rows.columns(), &cte.columns);
            self.selects.insert(cte.open, rows);
        }
    }

    /// Walks a common table expression. One that names itself is at most what its first arm is; each further look at what
    /// its arms make of that takes something away, until nothing changes: then it holds for every row of the recursion.
    fn common(&mut self, cte: &Cte, here: usize, nested: bool) -> Rows {
        let inside = self.tokens.inside(cte.open);
        let select = select::parse(self.tokens, inside.clone());
        let recursive = select.arms.len() > 1
            && inside
                .clone()
                .any(|at| self.tokens.name(at).is_some_and(|name| name.eq_ignore_ascii_case(&cte.name)));
        if !recursive {
            return self.select(inside, nested, None);
        }
        let scopes = self.scopes.len();
        let mut known = {
            let outside = self.ctes.len();
            self.with(&select.ctes, nested);
            let first = self.arm(&select.arms[0], nested, None);
            self.ctes.truncate(outside);
            first
        };
        // Each look but the last takes something from a column: its kind, then that it is never NULL.
        for _ in 0..LOOKS {
            self.forget(scopes, &inside);
            let assumed = renamed(known.columns(), &cte.columns);
            self.ctes[here].1.clone_from(&assumed);
            let found = self.select(inside.clone(), nested, None);
            if assumed.is_none() || renamed(found.columns(), &cte.columns) == assumed {
                return found;
            }
            known = found;
        }
        self.forget(scopes, &inside);
        self.ctes[here].1 = None;
        self.select(inside, nested, None)
    }

    /// Forgets what was found out in a range that is to be walked again.
    fn forget(&mut self, scopes: usize, range: &Range<usize>) {
        self.scopes.truncate(scopes);
        self.selects.retain(|open, _| !range.contains(open));
    }
}

//! The oracle of development mode: looks at the markup of regions for what a morph will do wrong with it.
//!
//! The macros judge the markup that they see, in a slice; this judges what came out, wherever it was written. It is not
//! there unless development mode is on.

mod html;
mod judge;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, PoisonError};

use self::judge::{Problem, Sight};
use crate::live::Embed;
use crate::viewer::Viewer;

/// Looks at every render, and tells of each kind of problem once for a region.
#[derive(Debug, Default)]
pub struct Oracle(Mutex<Seen>);

#[derive(Debug, Default)]
struct Seen {
    told: BTreeSet<(String, Problem)>,
    findings: Vec<String>,
    /// How many rows without an id there were: by what was rendered, and for whom.
    rows: BTreeMap<(String, Option<String>), usize>,
}

impl Oracle {
    /// Looks at a render of `embed`, for `viewer` if it is personal.
    pub(super) fn look(&self, embed: &Embed, viewer: Option<&Viewer>, html: &str) {
        let Sight { mut problems, rows } = judge::judge(html);
        let region = format!("{}::{}", embed.region.slice, embed.region.name);
        let mut seen = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let viewer = viewer.filter(|_| embed.region.personal).map(|viewer| viewer.id().to_owned());
        let before = seen.rows.insert((embed.to_string(), viewer), rows.len());
        // Rows that are always the same need no ids, those of a menu that opens: only of a list that changes is told.
        if before.is_some_and(|before| before != 0 && before != rows.len())
            && let Some(row) = rows.into_iter().next()
        {
            problems.push((Problem::Rows, row));
        }
        for (problem, snippet) in problems {
            if seen.told.insert((region.clone(), problem)) {
                let finding = format!("region `{region}` {problem}: {snippet}\nhelp: {}", problem.help());
                tracing::warn!(region, "{finding}");
                seen.findings.push(finding);
            }
        }
    }

    /// Everything that was found until now.
    pub fn findings(&self) -> Vec<String> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).findings.clone()
    }
}

#[cfg(test)]
mod tests;

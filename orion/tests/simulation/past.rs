//! What was true after each commit. A tab may be late, but it shows something that was true once, and never again what was true
//! before that.

use std::collections::BTreeMap;

use orion::Viewer;
use orion::live::element_id;

use crate::notes::{VIEWERS, mine, shared};
use crate::process::Process;

/// Whose element it is, nobody's if it is everyone's, and its id.
type Name = (String, String);

#[derive(Default)]
pub(crate) struct Past {
    /// What each element showed after each commit.
    states: BTreeMap<Name, Vec<String>>,
    commits: usize,
}

impl Past {
    /// Looks at all there is, as it is committed now.
    pub(crate) fn record(&mut self, process: &Process) {
        let elements: Vec<(Name, String)> = process.look(|hub, db| {
            let nobody = Viewer::with_id("");
            let shared = shared().map(|embed| (nobody.clone(), embed));
            let mine = VIEWERS.map(|viewer| (Viewer::with_id(viewer), mine()));
            let all = shared.into_iter().chain(mine);
            all.map(|(viewer, embed)| {
                let name = (viewer.id().to_owned(), element_id(&embed));
                Ok((name, hub.render(&embed, db, &viewer)?))
            })
            .collect()
        });
        for (name, markup) in elements {
            let stored = stored(&name.1, &markup).to_owned();
            self.states.entry(name).or_default().push(stored);
        }
        self.commits += 1;
    }

    /// The number of the last commit.
    pub(crate) fn now(&self) -> usize {
        self.commits - 1
    }

    /// The first commit since `seen` after which this was true.
    pub(crate) fn find(&self, seen: usize, viewer: &Viewer, id: &str, markup: &str) -> Option<usize> {
        let of = |viewer: &str| self.states.get(&(viewer.to_owned(), id.to_owned()));
        let states = of("").or_else(|| of(viewer.id()))?;
        let markup = stored(id, markup);
        (seen..states.len()).find(|&commit| states[commit] == markup)
    }
}

/// What the store has to do with an element: who is there, it does not know.
fn stored<'a>(id: &str, markup: &'a str) -> &'a str {
    if id == "notes-who" { markup.rsplit(' ').next().unwrap_or(markup) } else { markup }
}

//! Which of the tables that a region reads it reads by their key: a change of other rows does not repaint it.

use std::collections::BTreeSet;

use crate::closure::resolve;
use crate::decl::{Reach, Slice};

/// `cards.board_id`, of each table that all queries that are called read by its key.
pub(super) fn read(slices: &[&'static Slice], slice: &'static Slice, reach: &Reach) -> BTreeSet<String> {
    let (mut by_key, mut whole) = (BTreeSet::new(), BTreeSet::new());
    for (_, statement) in reach.calls.iter().filter_map(|call| resolve::statement(slices, slice, call)) {
        for table in statement.reads {
            let is_by_key = statement.by_key.iter().any(|by| by.table == *table);
            if is_by_key { &mut by_key } else { &mut whole }.insert(*table);
        }
    }
    let keyed = slices.iter().flat_map(|slice| slice.keyed);
    let keyed = keyed.filter(|keyed| by_key.contains(keyed.table) && !whole.contains(keyed.table));
    keyed.map(|keyed| format!("{}.{}", keyed.table, keyed.column)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decl::{Affinity, ByKey, Keyed, Statement};

    const BY_BOARD: &[ByKey] = &[ByKey::new("cards", 0, Affinity::Numeric)];
    const ONE: Statement =
        Statement::new("").named("boards", "one").reads(&["cards", "names"]).by_key(BY_BOARD);
    const ALL: Statement = Statement::new("").named("boards", "all").reads(&["cards"]);
    const BOARDS: Slice = Slice::new("boards")
        .keyed(&[Keyed::new("cards", "board"), Keyed::new("names", "id")])
        .statements(&[&ONE, &ALL]);

    #[test]
    fn a_table_is_read_by_its_key_if_no_query_reads_all_of_it() {
        let read = |calls| read(&[&BOARDS], &BOARDS, &Reach::new().calls(calls));
        assert_eq!(read(&["one"]), BTreeSet::from(["cards.board".to_owned()]));
        assert_eq!(read(&["one", "all"]), BTreeSet::new());
    }
}

use orion::prelude::*;

#[orion::slice(keyed(cards.board_id, cards.id))]
mod boards {
    use super::*;

    #[migration]
    const CREATE: &str = "create table cards (
        id integer primary key, board_id integer not null, title text not null) strict";

    #[query("select title from cards where board_id = :board")]
    pub(crate) fn titles(db: &Db, board: i64) -> Result<Vec<String>>;
}

fn main() {
    let _ = boards::SLICE;
    let _ = boards::titles;
}

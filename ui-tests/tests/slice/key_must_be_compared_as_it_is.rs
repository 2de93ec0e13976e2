use orion::prelude::*;

#[orion::slice(keyed(cards.board))]
mod boards {
    use super::*;

    #[migration]
    const CREATE: &str = "create table cards (
        id integer primary key, board text not null collate nocase, title text not null) strict";

    #[query("select title from cards where board = :board")]
    pub(crate) fn titles(db: &Db, board: &str) -> Result<Vec<String>>;
}

fn main() {
    let _ = boards::SLICE;
    let _ = boards::titles;
}

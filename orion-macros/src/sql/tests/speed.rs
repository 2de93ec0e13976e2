//! Twenty statements of every kind are right; how long they take: `cargo test -p orion-macros speed -- --nocapture`.

use std::time::Instant;

use super::{BOARD, Schema};

const QUERIES: [&str; 20] = [
    "select id, name from boards order by name",
    "select id, name, note from boards where id = :id",
    "insert into boards (name) values (:name) returning id",
    "update boards set name = :name where id = :id",
    "delete from boards where id = :id",
    "select c.id, c.title, b.name from cards c join boards b on b.id = c.board_id where b.id = :board order by c.weight",
    "select id, title, board from open_cards where id > :after limit :n",
    "insert into cards (board_id, title, body) values (:board, :title, :body)",
    "update cards set title = :title, body = :body where id = :id",
    "update cards set done = not done where id = :id",
    "update cards set board_id = :board, weight = :weight where id = :id",
    "delete from cards where id = :id",
    "select coalesce(max(weight), 0.0) from cards where board_id = :board",
    "select board_id, count(*) as n from cards group by board_id",
    "select at, what, who from activity order by at desc limit 20",
    "insert into activity (at, what, who) values (unixepoch(), :what, :who)",
    "with recursive up (id, p) as (select id, parent_id from cards where id = :id
         union all select c.id, c.parent_id from cards c join up on c.id = up.p) select id, p from up",
    "select rowid, title from search where search match :q order by rank limit 10",
    "insert into tags values (:name, :color, 1) on conflict (name) do update set color = excluded.color",
    "select t.name, (select count(*) from cards c where c.title like '%' || t.name || '%') as n from tags t",
];

#[test]
fn a_slice_of_twenty_queries_is_right() {
    for _ in 0..3 {
        let started = Instant::now();
        let mut schema = Schema::new();
        let opened = started.elapsed();
        schema.apply(BOARD).expect("the migration is right");
        let applied = started.elapsed();
        for sql in QUERIES {
            schema.check(sql).unwrap_or_else(|error| panic!("{}", error.render(sql)));
        }
        let checked = started.elapsed();
        println!(
            "open {opened:?}, migration {:?}, 20 queries {:?}",
            applied.saturating_sub(opened),
            checked.saturating_sub(applied)
        );
    }
}

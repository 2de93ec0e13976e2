//! Group commit: what belongs together, what is undone alone, what is said and when.

use std::sync::{Arc, Mutex};

use orion::decl::{Migration, Slice, Statement};
use orion::store::sqlite::Options;
use orion::store::{Store, job};
use orion::{Announce, Error, Result, Topic, Topics, Tx, Value};

use super::place::{ALL, COUNT, NOTES, Place, insert};

struct Board(i64);

impl Announce for Board {
    fn topic(&self) -> Topic {
        Topic::declared("notes", "Board", self.0)
    }
}

fn notes() -> Topics {
    Topics::from([Topic::table("notes")])
}

#[test]
fn writes_that_wait_together_share_a_commit_and_are_all_kept() {
    let place = Place::new();
    let commits = place.commits();
    let held = place.hold();
    let outcomes: Vec<_> =
        (0..100).map(|number| place.queue(move |tx| insert(tx, &number.to_string()))).collect();
    held.let_go();
    for outcome in outcomes {
        outcome.recv().unwrap().unwrap();
    }
    assert_eq!(commits.try_iter().collect::<Vec<_>>(), [notes()]);

    let path = place.path();
    let Place { store, folder } = place;
    drop(store);
    let file = rusqlite::Connection::open(path).unwrap();
    let kept: i64 = file.query_row("select count(*) from notes", [], |row| row.get(0)).unwrap();
    assert_eq!(kept, 100);
    drop(folder);
}

#[test]
fn a_group_is_no_larger_than_its_limit() {
    let place = Place::with(&Options::default().group(10));
    let commits = place.commits();
    let held = place.hold();
    let outcomes: Vec<_> =
        (0..25).map(|number| place.queue(move |tx| insert(tx, &number.to_string()))).collect();
    held.let_go();
    for outcome in outcomes {
        outcome.recv().unwrap().unwrap();
    }
    assert_eq!(commits.try_iter().count(), 3);
}

#[test]
fn an_error_undoes_its_own_write_and_no_other_of_the_group() {
    let place = Place::new();
    let held = place.hold();
    let before = place.queue(|tx| insert(tx, "before"));
    let wrong = place.queue(|tx| {
        insert(tx, "wrong")?;
        Err(Error::field("text", "No"))
    });
    let after = place.queue(|tx| insert(tx, "after"));
    held.let_go();
    before.recv().unwrap().unwrap();
    assert_eq!(wrong.recv().unwrap().unwrap_err().status(), 422);
    after.recv().unwrap().unwrap();
    assert_eq!(place.notes(), ["before", "after"]);
}

#[test]
fn a_panic_undoes_its_own_write_and_no_other_of_the_group() {
    let place = Place::new();
    let held = place.hold();
    let before = place.queue(|tx| insert(tx, "before"));
    let wrong = place.queue(|tx| {
        insert(tx, "wrong")?;
        panic!("on purpose")
    });
    let after = place.queue(|tx| insert(tx, "after"));
    held.let_go();
    before.recv().unwrap().unwrap();
    assert_eq!(wrong.recv().unwrap().unwrap_err().to_string(), "panicked: on purpose");
    after.recv().unwrap().unwrap();
    assert_eq!(place.notes(), ["before", "after"]);
}

#[test]
fn an_error_and_a_panic_undo_a_write_that_is_alone_in_its_group() {
    let place = Place::new();
    let commits = place.commits();
    let wrong = place.write(|tx| {
        insert(tx, "wrong")?;
        Err::<(), _>(Error::field("text", "No"))
    });
    assert_eq!(wrong.unwrap_err().status(), 422);
    place
        .write(|tx| -> Result<()> {
            insert(tx, "wrong")?;
            panic!("on purpose")
        })
        .unwrap_err();
    assert!(commits.try_recv().is_err());
    place.write(|tx| insert(tx, "right")).unwrap();
    assert_eq!(place.notes(), ["right"]);
}

#[test]
fn a_panic_while_rows_are_read_leaves_the_connection_usable() {
    struct Bomb;
    impl orion::Row for Bomb {
        const COLUMNS: &'static [&'static str] = &[];
        fn read(_: &orion::RowRef<'_>) -> Result<Self, orion::Mismatch> {
            panic!("on purpose")
        }
    }
    let place = Place::new();
    place.write(|tx| insert(tx, "one")).unwrap();
    place
        .write(|tx| {
            {
                let db: &orion::Db = tx;
                db.all::<Bomb>(&ALL, &[])
            }
            .map(|_| ())
        })
        .unwrap_err();
    place.read(|db| db.all::<Bomb>(&ALL, &[]).map(|_| ())).unwrap_err();
    place.write(|tx| insert(tx, "two")).unwrap();
    assert_eq!(place.notes(), ["one", "two"]);
}

#[test]
fn only_what_was_kept_is_published() {
    let place = Place::new();
    let commits = place.commits();
    let held = place.hold();
    let kept = place.queue(|tx| {
        insert(tx, "kept")?;
        tx.publish(Board(1));
        Ok(())
    });
    let undone = place.queue(|tx| {
        tx.publish(Board(2));
        Err(Error::field("text", "No"))
    });
    held.let_go();
    kept.recv().unwrap().unwrap();
    undone.recv().unwrap().unwrap_err();
    assert_eq!(commits.try_recv().unwrap(), Topics::from([Topic::table("notes"), Board(1).topic()]));

    // A write that fails alone, one that changes nothing, and what neither of them did.
    place.write(|tx| insert(tx, "kept")).unwrap_err();
    place.write(|_| Ok(())).unwrap();
    assert!(commits.try_recv().is_err());
}

#[test]
fn what_changed_is_published_before_anybody_is_answered() {
    let place = Place::new();
    let order = Arc::new(Mutex::new(Vec::new()));
    let heard = Arc::clone(&order);
    place.store.on_commit(Arc::new(move |_| heard.lock().unwrap().push("published")));
    let (finish, finished) = std::sync::mpsc::channel();
    let answered = Arc::clone(&order);
    place.store.write(job(
        |tx| insert(tx, "a"),
        move |result| {
            result.unwrap();
            answered.lock().unwrap().push("answered");
            finish.send(()).unwrap();
        },
    ));
    finished.recv().unwrap();
    assert_eq!(*order.lock().unwrap(), ["published", "answered"]);
}

#[test]
fn what_was_answered_is_seen_by_the_next_read() {
    let place = Place::new();
    for number in 1..=50_i64 {
        place.write(move |tx| insert(tx, &number.to_string())).unwrap();
        assert_eq!(place.read(|db| db.one::<i64>(&COUNT, &[])).unwrap(), number);
    }
}

#[test]
fn a_write_reads_what_it_wrote() {
    let place = Place::new();
    let seen = place.write(|tx| {
        insert(tx, "mine")?;
        let db: &orion::Db = tx;
        db.all::<String>(&ALL, &[])
    });
    assert_eq!(seen.unwrap(), ["mine"]);
}

#[test]
fn a_statement_that_rolls_everything_back_lets_nobody_of_its_group_succeed() {
    const OR_ROLLBACK: Statement =
        Statement::new("insert or rollback into notes (text) values (?)").writes(&["notes"]);
    let place = Place::new();
    place.write(|tx| insert(tx, "taken")).unwrap();
    let commits = place.commits();
    let held = place.hold();
    let before = place.queue(|tx| insert(tx, "before"));
    let tears = place.queue(|tx| {
        insert(tx, "tears")?;
        tx.execute(&OR_ROLLBACK, &[Value::Text("taken")])?.one_or(orion::NotFound)
    });
    let after = place.queue(|tx| insert(tx, "after"));
    held.let_go();
    assert_eq!(before.recv().unwrap().unwrap_err().status(), 503);
    assert!(tears.recv().unwrap().unwrap_err().to_string().contains("UNIQUE constraint failed: notes.text"));
    after.recv().unwrap().unwrap();
    assert_eq!(place.notes(), ["taken", "after"]);
    assert_eq!(commits.try_iter().count(), 1);
}

#[test]
fn a_write_cannot_go_on_after_its_transaction_was_rolled_back() {
    const OR_ROLLBACK: Statement =
        Statement::new("insert or rollback into notes (text) values (?)").writes(&["notes"]);
    let place = Place::new();
    place.write(|tx| insert(tx, "taken")).unwrap();
    let commits = place.commits();
    let outcome = place.write(|tx| {
        tx.execute(&OR_ROLLBACK, &[Value::Text("taken")]).unwrap_err();
        let gone = insert(tx, "half of it").unwrap_err();
        assert!(gone.to_string().contains("the transaction is over"), "{gone}");
        tx.publish(Board(1));
        Ok(())
    });
    assert_eq!(outcome.unwrap_err().status(), 503);
    assert_eq!(place.notes(), ["taken"]);
    assert!(commits.try_recv().is_err());
}

#[test]
fn a_deferred_constraint_fails_the_write_that_breaks_it_and_no_other() {
    static FAMILY: Slice = Slice::new("family").migrations(&[Migration::new(
        "CREATE",
        "create table people (
             id integer primary key,
             parent integer references people (id) deferrable initially deferred) strict",
    )]);
    const BORN: Statement =
        Statement::new("insert into people (id, parent) values (?, ?)").writes(&["people"]);
    const PEOPLE: Statement = Statement::new("select id from people order by id").reads(&["people"]);
    let born = |id, parent| {
        move |tx: &orion::Tx| {
            tx.execute(&BORN, &[Value::Integer(id), Value::Integer(parent)])?.one_or(orion::NotFound)
        }
    };
    let place = Place::new();
    place.store.migrate(&[&NOTES, &FAMILY]).unwrap();
    let held = place.hold();
    let first = place.queue(born(1, 1));
    let orphan = place.queue(born(2, 99));
    let third = place.queue(born(3, 1));
    held.let_go();
    first.recv().unwrap().unwrap();
    let error = orphan.recv().unwrap().unwrap_err();
    assert_eq!(error.status(), 500);
    assert!(error.to_string().contains("FOREIGN KEY constraint failed"), "{error}");
    third.recv().unwrap().unwrap();
    assert_eq!(place.read(|db| db.all::<i64>(&PEOPLE, &[])).unwrap(), [1, 3]);
}

#[test]
fn full_text_search_is_undone_with_its_write() {
    static SEARCH: Slice = Slice::new("search").migrations(&[Migration::new(
        "CREATE",
        "create table letters (id integer primary key, text text);
         create virtual table words using fts5 (text);
         create trigger letters_words after insert on letters begin
             insert into words (rowid, text) values (new.id, new.text);
         end",
    )]);
    const WRITE: Statement =
        Statement::new("insert into letters (text) values (?)").writes(&["letters", "words"]);
    const FIND: Statement = Statement::new("select text from words where words match ?").reads(&["words"]);
    let letter = |text: &'static str| {
        move |tx: &orion::Tx| tx.execute(&WRITE, &[Value::Text(text)])?.one_or(orion::NotFound)
    };
    let place = Place::new();
    place.store.migrate(&[&NOTES, &SEARCH]).unwrap();
    let held = place.hold();
    let kept = place.queue(letter("dear Ada"));
    let undone = place.queue(move |tx| {
        letter("dear Bob")(tx)?;
        Err(Error::field("text", "No"))
    });
    let after = place.queue(letter("dear Cid"));
    held.let_go();
    kept.recv().unwrap().unwrap();
    undone.recv().unwrap().unwrap_err();
    after.recv().unwrap().unwrap();
    let found = place.read(|db| db.all::<String>(&FIND, &[Value::Text("dear")])).unwrap();
    assert_eq!(found, ["dear Ada", "dear Cid"]);
}

#[test]
fn a_writers_queue_that_is_full_refuses_at_once_and_drops_nothing() {
    let place = Place::with(&Options::default().queue(2));
    let held = place.hold();
    let queued = [place.queue(|tx| insert(tx, "1")), place.queue(|tx| insert(tx, "2"))];
    let refused = place.queue(|tx| insert(tx, "3"));
    // The writer is still held, so this answer did not come from it.
    assert_eq!(refused.recv().unwrap().unwrap_err().status(), 503);
    held.let_go();
    for outcome in queued {
        outcome.recv().unwrap().unwrap();
    }
    assert_eq!(place.notes(), ["1", "2"]);
}

#[test]
fn whoever_hears_of_a_commit_or_an_answer_may_panic() {
    let place = Place::new();
    place.store.on_commit(Arc::new(|_| panic!("on purpose")));
    place.store.write(job(|tx| insert(tx, "a"), |_| panic!("on purpose")));
    place.write(|tx| insert(tx, "b")).unwrap();
    assert_eq!(place.notes(), ["a", "b"]);
}

#[test]
fn a_large_group_is_answered_beside_the_writer_and_all_of_it_before_the_store_is_closed() {
    for (writes, beside) in [(10, "orion-writer"), (500, "orion-answers")] {
        let place = Place::new();
        let held = place.hold();
        let (answer, answers) = std::sync::mpsc::channel();
        for number in 0..writes {
            let answer = answer.clone();
            let run = move |tx: &Tx| {
                insert(tx, &number.to_string())?;
                if number % 10 == 0 { Err(Error::internal("on purpose")) } else { Ok(()) }
            };
            place.store.write(job(run, move |outcome| {
                let by = std::thread::current().name().map(str::to_owned);
                answer.send((number, by, outcome.is_ok())).unwrap();
            }));
        }
        drop((held, answer));
        place.store.close();
        let answers: Vec<_> = answers.try_iter().collect();
        let expected = |number| (number, Some(beside.to_owned()), number % 10 != 0);
        assert_eq!(answers, (0..writes).map(expected).collect::<Vec<_>>());
    }
}

//! Values and statements as they come from outside: hostile, long and wrong.

use orion::decl::Statement;
use orion::{Changes, Value};

use super::place::{ALL, INSERT, Place, insert};

const ECHO: Statement = Statement::new("select ?1");

#[test]
fn text_comes_back_as_it_went_in() {
    let place = Place::new();
    let long = "x".repeat(5_000_000);
    for text in ["", "nul \0 in the middle", "'); drop table notes; --", "\u{feff}\u{2028}🦀\r\n", &long] {
        let text = text.to_owned();
        let sent = text.clone();
        place.write(move |tx| insert(tx, &sent)).unwrap();
        assert_eq!(place.notes().last(), Some(&text));
    }
}

#[test]
fn blobs_and_numbers_come_back_as_they_went_in() {
    let place = Place::new();
    for blob in [vec![], vec![0], vec![0, 255, 254, 0], vec![7; 1_000_000]] {
        let sent = blob.clone();
        let back: Vec<u8> = place.read(move |db| db.one(&ECHO, &[Value::Blob(&sent)])).unwrap();
        assert_eq!(back, blob);
    }
    for number in [i64::MIN, -1, 0, i64::MAX] {
        assert_eq!(place.read(move |db| db.one::<i64>(&ECHO, &[Value::Integer(number)])).unwrap(), number);
    }
    assert_eq!(place.read(|db| db.one::<Option<i64>>(&ECHO, &[Value::Null])).unwrap(), None);
    let most = place.read(|db| db.one::<f64>(&ECHO, &[Value::Real(f64::MAX)])).unwrap();
    assert!((most - f64::MAX).abs() < f64::EPSILON);
}

#[test]
fn text_that_is_not_utf_8_is_an_error() {
    const BROKEN: Statement = Statement::new("select cast(x'ff00' as text)");
    let place = Place::new();
    let error = place.read(|db| db.one::<String>(&BROKEN, &[])).unwrap_err();
    assert!(error.to_string().contains("column 1 holds text that is not UTF-8"), "{error}");
    // Also where the type would take nothing for an answer.
    place.read(|db| db.one::<Option<String>>(&BROKEN, &[])).unwrap_err();
}

#[test]
fn a_value_of_another_type_is_an_error_that_shows_the_statement() {
    let place = Place::new();
    let error = place.read(|db| db.one::<i64>(&ECHO, &[Value::Text("seven")])).unwrap_err();
    assert_eq!(error.to_string(), "running `select ?1`: a column holds text, which is no `i64`");
}

#[test]
fn a_row_with_fewer_columns_than_fields_is_an_error() {
    struct Two;
    impl orion::Row for Two {
        const COLUMNS: &'static [&'static str] = &[];
        fn read(row: &orion::RowRef<'_>) -> Result<Self, orion::Mismatch> {
            row.get::<Option<i64>>(1).map(|_| Self)
        }
    }
    let place = Place::new();
    let error = place.read(|db| db.one::<Two>(&ECHO, &[Value::Null]).map(|_| ())).unwrap_err();
    assert!(error.to_string().ends_with("there is no column 2"), "{error}");
}

#[test]
fn the_number_of_parameters_must_be_right() {
    let place = Place::new();
    for params in [vec![], vec![Value::Null, Value::Null]] {
        let given = params.len();
        let error = place.read(move |db| db.one::<i64>(&ECHO, &params)).unwrap_err();
        assert!(
            error.to_string().ends_with(&format!("it takes 1 parameters and is given {given}")),
            "{error}"
        );
    }
}

#[test]
fn changes_count_what_the_statement_changed_and_nothing_older() {
    const BOTH: Statement = Statement::new("insert into notes (text) values ('a'), ('b')").writes(&["notes"]);
    const NONE: Statement = Statement::new("update notes set text = 'c' where id = 99").writes(&["notes"]);
    const RETURNING: Statement =
        Statement::new("delete from notes returning id").reads(&["notes"]).writes(&["notes"]);
    let place = Place::new();
    place
        .write(|tx| {
            assert_eq!(tx.execute(&BOTH, &[])?, Changes(2));
            assert_eq!(tx.execute(&ALL, &[])?, Changes(0));
            assert_eq!(tx.execute(&NONE, &[])?, Changes(0));
            // The first row is enough for the caller; the statement still runs to its end.
            assert_eq!(tx.optional::<i64>(&RETURNING, &[])?, Some(1));
            assert_eq!(tx.execute(&RETURNING, &[])?, Changes(0));
            Ok(())
        })
        .unwrap();
    assert!(place.notes().is_empty());
}

#[test]
fn a_broken_constraint_is_told_in_sqlites_own_words() {
    let place = Place::new();
    place.write(|tx| insert(tx, "one")).unwrap();
    let error = place.write(|tx| insert(tx, "one")).unwrap_err();
    assert_eq!(
        error.to_string(),
        "running `insert into notes (text) values (?)`: UNIQUE constraint failed: notes.text"
    );
    assert!(error.chain().contains("caused by: "), "{}", error.chain());
}

#[test]
fn transactions_settings_and_tables_are_not_for_commands() {
    const STATEMENTS: [Statement; 9] = [
        Statement::new("begin"),
        Statement::new("commit"),
        Statement::new("/* now */ rollback"),
        Statement::new("savepoint a"),
        Statement::new("release one"),
        Statement::new("attach ':memory:' as other"),
        Statement::new("pragma synchronous = off"),
        Statement::new("create table more (id)").writes(&["more"]),
        Statement::new("vacuum"),
    ];
    let place = Place::new();
    for statement in &STATEMENTS {
        let error = place
            .write(move |tx| {
                insert(tx, "lost")?;
                tx.execute(statement, &[])?.some_or(orion::NotFound)
            })
            .unwrap_err();
        assert!(error.to_string().contains("can run here"), "{error}");
        place.read(move |db| db.all::<i64>(statement, &[])).unwrap_err();
    }
    assert!(place.notes().is_empty());
}

#[test]
fn two_statements_in_one_are_refused() {
    const TWO: Statement = Statement::new("delete from notes; delete from notes").writes(&["notes"]);
    let place = Place::new();
    place.write(|tx| tx.execute(&TWO, &[])?.some_or(orion::NotFound)).unwrap_err();
}

#[test]
fn a_write_that_is_declared_to_write_nothing_is_refused() {
    const SILENT: Statement = Statement::new("insert into notes (text) values ('a')");
    let place = Place::new();
    let error = place.write(|tx| tx.execute(&SILENT, &[])?.one_or(orion::NotFound)).unwrap_err();
    assert!(error.to_string().contains("no page would hear of it"), "{error}");
    assert!(place.notes().is_empty());
}

#[test]
fn a_statement_is_refused_every_time_and_not_only_when_it_is_prepared() {
    let place = Place::new();
    for _ in 0..2 {
        place.read(|db| db.all::<i64>(&INSERT, &[Value::Null])).unwrap_err();
    }
}

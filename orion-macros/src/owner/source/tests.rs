//! Sources as a person writes them, and what is told of them.

use super::super::modules;
use super::*;

const SOURCE: &str = r#"
    use orion::prelude::*;
    #[orion::slice(name = "people")]
    pub mod slice {
        #[migration]
        const CREATE: &str = "create table if not exists People (id integer primary key, name text not null) strict";
        #[orion::migration]
        const INDEX: &str = "drop table if exists visits; create index if not exists named on people (name)";
        #[query("insert into people (name) select name from visits")]
        fn insert(tx: &Tx, name: &str) -> Result<()>;
        #[query("select replace(name, 'update', '') from \"PEOPLE\" where id = :id")]
        pub fn name(db: &Db, id: i64) -> Result<Option<String>>;
    }
    mod deep { #[slice(migrations = "elsewhere", name = "animals")] mod pets {
        #[orion::migration] const A: &str = "create virtual table pets using fts5 (name); create table visits (id integer)";
        #[orion::query("insert into visits select rowid from pets")] pub fn visit(tx: &Tx) -> Result<()>;
        #[migration] const B: &str = "create table left_behind (id integer)";
        #[migration] const C: &str = "drop table left_behind";
    } }
"#;

/// Who owns the table, as a slice of this name is told.
fn told(by: &str, table: &str) -> Option<Owner> {
    owner(modules::in_text(SOURCE, &[]), Question { table, by })
}

fn name(query: Option<&Query>) -> Option<&str> {
    query.map(|query| query.name.as_str())
}

#[test]
fn the_slice_that_creates_the_table_owns_it() {
    let slices = modules::in_text(SOURCE, &["people"]);
    let found = owner(slices, Question { table: "people", by: "notes" }).expect("it is there");
    assert_eq!((found.slice.as_str(), found.path.as_str()), ("people", "crate::people::slice"));
    let query = |name: &str, arguments: &str, public| {
        Some(Query { name: name.to_owned(), arguments: arguments.to_owned(), public })
    };
    assert_eq!(
        (found.read, found.write),
        (query("name", "db, id", true), query("insert", "tx, name", false))
    );
}

#[test]
fn the_path_is_that_from_the_slice_that_asks() {
    let source = "mod a { #[slice] mod one { #[migration] const A: &str = \"create table ones (x int)\"; }
        #[slice] mod two {} } #[slice] mod three {}";
    let path =
        |by| owner(modules::in_text(source, &[]), Question { table: "ones", by }).expect("it is there").path;
    assert_eq!([path("two"), path("three")], ["one", "crate::a::one"]);
}

#[test]
fn the_name_is_that_of_the_option_name() {
    let pets = told("notes", "Pets").expect("it is there");
    assert_eq!((pets.slice.as_str(), pets.path.as_str()), ("animals", "crate::deep::pets"));
}

#[test]
fn a_query_that_writes_another_table_only_reads_this_one() {
    let pets = told("notes", "pets").expect("it is there");
    assert_eq!((name(pets.read.as_ref()), pets.write), (Some("visit"), None));
}

#[test]
fn what_drops_or_indexes_a_table_does_not_own_it() {
    assert_eq!(told("notes", "visits").expect("it is there").slice, "animals");
    assert_eq!(told("notes", "named"), None);
    assert_eq!(told("notes", "left_behind"), None, "it is there no longer");
}

#[test]
fn a_slice_is_not_told_that_a_table_is_its_own() {
    assert_eq!(told("people", "people"), None);
    assert_eq!(told("animals", "pets"), None);
}

#[test]
fn nobody_owns_what_nobody_creates() {
    assert_eq!(told("notes", "name"), None);
    let broken =
        owner(modules::in_text("fn a( { slice people", &[]), Question { table: "people", by: "notes" });
    assert_eq!(broken, None, "what is no Rust is nobody's");
}

//! Types of an application's own in its queries: newtypes, enums, lists; and promises that do not hold.

#![deny(warnings)]
#![allow(clippy::ptr_arg)] // A `&Vec` is a list as well.

use orion::prelude::*;
use orion::testing::TestApp;
use orion::{App, FromValue, Mismatch, ToValue};

/// The key of a task.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Value)]
pub struct Id(pub i64);

/// A newtype around a newtype.
#[derive(Clone, Debug, PartialEq, Value)]
pub struct Tag(pub String);

/// A type that is null or not by itself.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Due(pub i64);

impl FromValue for Due {
    const KIND: Option<orion::Kind> = Some(orion::Kind::Integer);
    const NULL: bool = true;
    fn from_value(value: orion::Value<'_>) -> Result<Self, Mismatch> {
        Ok(Self(Option::from_value(value)?.unwrap_or(-1)))
    }
}

impl ToValue for Due {
    fn to_value(&self) -> orion::Value<'_> {
        if self.0 < 0 { orion::Value::Null } else { orion::Value::Integer(self.0) }
    }
}

#[orion::slice]
mod tasks {
    use super::{Due, Id, Tag};
    use orion::prelude::*;

    #[migration]
    const CREATE: &str = "create table tasks (
        id integer primary key, priority text not null, tag text, due integer, weight real not null default 0) strict";

    #[derive(Clone, Copy, Debug, PartialEq, Eq, Value)]
    pub(crate) enum Priority {
        Low,
        VeryHigh,
    }

    #[derive(Debug, PartialEq, Row)]
    pub(crate) struct Task {
        pub(crate) id: Id,
        pub(crate) priority: Priority,
        pub(crate) tag: Option<Tag>,
        pub(crate) due: Due,
    }

    #[query("insert into tasks (priority, tag, due) values (:priority, :tag, :due) returning id")]
    pub(crate) fn insert(tx: &Tx, priority: Priority, tag: Option<&Tag>, due: Due) -> Result<Id>;

    #[query("insert into tasks (priority) values (:priority)")]
    pub(crate) fn insert_text(tx: &Tx, priority: &str) -> Result<()>;

    #[query("select id, priority, tag, due from tasks where id = :id")]
    pub(crate) fn find(db: &Db, id: Id) -> Result<Option<Task>>;

    #[query("select id, priority, tag, due from tasks where id in (:ids) order by id")]
    pub(crate) fn among(db: &Db, ids: &[Id]) -> Result<Vec<Task>>;

    #[query("select id from tasks where id not in (:ids) order by id")]
    pub(crate) fn others(db: &Db, ids: &Vec<i64>) -> Result<Vec<Id>>;

    #[query("select id from tasks where tag in (:tags) and priority in (:priorities) order by id")]
    pub(crate) fn tagged(db: &Db, tags: &[&str], priorities: &[Priority]) -> Result<Vec<Id>>;

    #[query("select id from tasks where tag in (:tags) order by id")]
    pub(crate) fn tagged_so(db: &Db, tags: &[String]) -> Result<Vec<Id>>;

    #[query("update tasks set weight = :weight where id = :id")]
    pub(crate) fn weigh(tx: &Tx, id: Id, weight: f64) -> Result<()>;

    #[query("select id from tasks where weight in (:weights) order by id")]
    pub(crate) fn weighing(db: &Db, weights: &[f64]) -> Result<Vec<Id>>;

    #[query("select tag from tasks where id = :id")]
    pub(crate) fn tag(db: &Db, id: Id) -> Result<Option<Tag>>;

    #[query("select tag from tasks order by id")]
    pub(crate) fn tags(db: &Db) -> Result<Vec<Option<Tag>>>;

    #[query("select max(id) as \"last!\" from tasks")]
    pub(crate) fn last(db: &Db) -> Result<i64>;

    #[derive(Debug, Row)]
    pub(crate) struct Newest {
        pub(crate) priority: Priority,
        pub(crate) last: Id,
        pub(crate) count: Option<i64>,
    }

    #[query(
        "select priority, max(id) as \"last!\", count(*) as \"count?\" from tasks group by priority order by last"
    )]
    pub(crate) fn newest(db: &Db) -> Result<Vec<Newest>>;

    #[query("select 'low' as priority, max(id) as \"last!\", count(*) as \"count?\" from tasks")]
    pub(crate) fn newest_of_all(db: &Db) -> Result<Newest>;
}

use tasks::{Priority, Task};

async fn app() -> TestApp {
    TestApp::start(App::new("tasks").slice(&tasks::SLICE)).await
}

#[tokio::test]
async fn a_newtype_and_an_enum_come_back_as_they_went_in() {
    let app = app().await;
    let tag = Tag("garden".to_owned());
    let id = app.write(move |tx| tasks::insert(tx, Priority::VeryHigh, Some(&tag), Due(7))).await.unwrap();
    let found = app.read(move |db| tasks::find(db, id)).await.unwrap().unwrap();
    let tag = Some(Tag("garden".to_owned()));
    assert_eq!(found, Task { id, priority: Priority::VeryHigh, tag: tag.clone(), due: Due(7) });
    assert_eq!(app.read(move |db| tasks::tag(db, id)).await.unwrap(), tag);
    assert_eq!(orion::Value::Text("very_high"), Priority::VeryHigh.to_value());
}

#[tokio::test]
async fn null_is_no_row_for_a_single_value_of_any_type() {
    let app = app().await;
    let id = app.write(|tx| tasks::insert(tx, Priority::Low, None, Due(-1))).await.unwrap();
    assert_eq!(app.read(move |db| tasks::tag(db, id)).await.unwrap(), None);
    assert_eq!(app.read(move |db| tasks::tag(db, Id(99))).await.unwrap(), None);
    assert_eq!(app.read(tasks::tags).await.unwrap(), [None]);
    assert_eq!(app.read(move |db| tasks::find(db, id)).await.unwrap().unwrap().due, Due(-1));
}

#[tokio::test]
async fn a_text_that_is_no_variant_is_an_error_with_all_of_them() {
    let app = app().await;
    app.write(|tx| tasks::insert_text(tx, "urgent")).await.unwrap();
    let error = app.read(|db| tasks::find(db, Id(1))).await.unwrap_err().to_string();
    let said = "the column `priority` holds the text \"urgent\", which is no `Priority`: that is \"low\" or \"very_high\"";
    assert!(error.ends_with(said), "{error}");
    assert!(error.starts_with("running query `find` of slice `tasks`, `select "), "{error}");
}

#[tokio::test]
async fn a_list_holds_any_number_of_values() {
    let app = app().await;
    for _ in 0..3 {
        app.write(|tx| tasks::insert(tx, Priority::Low, None, Due(1))).await.unwrap();
    }
    let ids = |tasks: Vec<Task>| tasks.into_iter().map(|task| task.id.0).collect::<Vec<_>>();
    let among = async |list: Vec<Id>| ids(app.read(move |db| tasks::among(db, &list)).await.unwrap());
    assert_eq!(among(vec![]).await, [0; 0]);
    assert_eq!(among(vec![Id(3), Id(1), Id(1), Id(i64::MAX)]).await, [1, 3]);
    assert_eq!(among((0..10_000).map(Id).collect()).await, [1, 2, 3]);
    assert_eq!(app.read(|db| tasks::others(db, &vec![2])).await.unwrap(), [Id(1), Id(3)]);
    assert_eq!(app.read(|db| tasks::others(db, &Vec::new())).await.unwrap().len(), 3);
}

#[tokio::test]
async fn integers_beyond_the_precision_of_a_real_are_told_apart() {
    let app = app().await;
    let list = |n: i64| orion::__private::list("ids", &[n]).unwrap();
    assert_eq!(list((1 << 53) + 1), "[9007199254740993]");
    let near = i64::MAX - 1;
    let found = app.read(move |db| tasks::others(db, &vec![near])).await.unwrap();
    assert!(found.is_empty());
    let same = |a: i64, b: i64| async move {
        const SAME: orion::decl::Statement =
            orion::decl::Statement::new("select ?1 in (select value from json_each(?2))");
        let app = self::app().await;
        app.read(move |db| {
            let list = orion::__private::list("b", &[b])?;
            db.one::<bool>(&SAME, &[orion::Value::Integer(a), orion::Value::Text(&list)])
        })
        .await
        .unwrap()
    };
    assert!(same(i64::MAX, i64::MAX).await && same(i64::MIN, i64::MIN).await);
    assert!(!same(i64::MAX, i64::MAX - 1).await && !same((1 << 53) + 1, 1 << 53).await);
}

#[tokio::test]
async fn texts_in_a_list_are_the_texts_that_they_were() {
    let app = app().await;
    let hostile = [
        "",
        "\"quoted\\\"",
        "'); drop table tasks; --",
        "line\nend\t\u{1}",
        "\u{2028}🦀é",
        "[1, 2]",
        "7",
        "null",
    ];
    for text in hostile {
        let tag = Tag(text.to_owned());
        app.write(move |tx| tasks::insert(tx, Priority::Low, Some(&tag), Due(1))).await.unwrap();
    }
    for (at, text) in hostile.into_iter().enumerate() {
        let found = app.read(move |db| tasks::tagged(db, &[text], &[Priority::Low])).await.unwrap();
        assert_eq!(found, [Id(i64::try_from(at).unwrap() + 1)], "{text:?}");
    }
    let all = app.read(move |db| tasks::tagged_so(db, &hostile.map(str::to_owned))).await.unwrap();
    assert_eq!(all.len(), hostile.len());
    assert!(app.read(|db| tasks::tagged(db, &["7"], &[Priority::VeryHigh])).await.unwrap().is_empty());
}

#[tokio::test]
async fn what_a_list_cannot_carry_is_an_error_and_no_other_value() {
    let app = app().await;
    let error = app.read(|db| tasks::tagged_so(db, &["nul \0".to_owned()])).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "the list `:tags` holds a NUL character, which `in (…)` cannot compare with"
    );
}

#[tokio::test]
async fn reals_in_a_list_are_the_reals_that_they_were() {
    let app = app().await;
    let reals = [0.1, -1e300, 5e-324, f64::INFINITY, f64::NEG_INFINITY, 3.0];
    for real in reals {
        let id = app.write(|tx| tasks::insert(tx, Priority::Low, None, Due(1))).await.unwrap();
        app.write(move |tx| tasks::weigh(tx, id, real)).await.unwrap();
        assert_eq!(app.read(move |db| tasks::weighing(db, &[real])).await.unwrap(), [id], "{real}");
    }
    assert!(app.read(|db| tasks::weighing(db, &[f64::NAN])).await.unwrap().is_empty());
}

#[tokio::test]
async fn a_promise_is_kept_or_is_an_error_with_the_query_and_the_column() {
    let app = app().await;
    let error = app.read(tasks::last).await.unwrap_err().to_string();
    assert_eq!(
        error,
        "running query `last` of slice `tasks`, `select max(id) as \"last\"  from tasks`: \
         the column `last` holds NULL, which is no `i64`"
    );
    let error = app.read(tasks::newest_of_all).await.unwrap_err().to_string();
    assert!(error.contains("query `newest_of_all` of slice `tasks`"), "{error}");
    assert!(error.ends_with("the column `last` holds NULL, which is no `i64`"), "{error}");
    app.write(|tx| tasks::insert(tx, Priority::Low, None, Due(1))).await.unwrap();
    assert_eq!(app.read(tasks::last).await.unwrap(), 1);
    let newest = app.read(tasks::newest).await.unwrap().remove(0);
    assert_eq!((newest.priority, newest.last, newest.count), (Priority::Low, Id(1), Some(1)));
}

//! What is said of a wrong statement.

use super::{Schema, board, refusal};

#[test]
fn a_mistyped_column_gets_the_nearest_one() {
    assert_eq!(
        refusal("select titel from cards"),
        "no such column: titel\n  select titel from cards\n         ^^^^^\nhelp: did you mean `title`?"
    );
    assert_eq!(
        refusal("select c.id, c.tilte from cards as c"),
        "no such column: c.tilte\n  select c.id, c.tilte from cards as c\n               ^^^^^^^\nhelp: did you mean `title`?"
    );
    for sql in [
        "select id from cards where titel = :t",
        "select id from cards order by titel",
        "insert into cards (titel) values (:t)",
        "update cards set titel = :t",
        "delete from cards where titel = :t",
        "insert into cards (id, board_id, title) values (1, 1, 'x') on conflict (id) do update set titel = 1",
        "insert into cards (board_id, title) values (1, 'x') returning titel",
        "with x as (select titel from cards) select * from x",
        "select id from boards where exists (select titel from cards)",
    ] {
        let error = board().check(sql).expect_err(sql);
        assert_eq!(error.at.map(|at| &sql[at]), Some("titel"), "{sql}");
        assert_eq!(error.help.as_deref(), Some("did you mean `title`?"), "{sql}");
    }
}

#[test]
fn a_column_near_to_none_gets_the_list() {
    assert_eq!(
        refusal("select colour from boards"),
        "no such column: colour\n  select colour from boards\n         ^^^^^^\nhelp: `boards` has `id`, `name` and `note`"
    );
    let help = board().check("select zzz from boards b, tags").expect_err("no column").help;
    assert_eq!(
        help.as_deref(),
        Some("`boards` has `id`, `name` and `note`; `tags` has `name`, `color` and `size`")
    );
}

#[test]
fn a_table_that_is_not_named_is_not_searched() {
    assert_eq!(
        refusal("select cards.id from boards"),
        "no such column: cards.id\n  select cards.id from boards\n         ^^^^^^^^\n\
         help: `cards` is none of its tables: it names `boards`"
    );
}

#[test]
fn columns_of_subqueries_have_the_names_that_they_are_given() {
    let help = |sql: &str| board().check(sql).expect_err(sql).help;
    let total = "with t as (select count(*) as total from cards) select t.totl from t";
    assert_eq!(help(total).as_deref(), Some("did you mean `total`?"));
    assert_eq!(help("select s.zzz from (select 1 as one from cards) as s"), None);
}

#[test]
fn a_name_in_double_quotes_is_never_a_string() {
    assert_eq!(
        refusal("select id from cards where title = \"at once\""),
        "no such column: \"at once\" - should this be a string literal in single-quotes?\n\
         \x20 select id from cards where title = \"at once\"\n\
         \x20                                    ^^^^^^^^^\nhelp: a string is written in single quotes: `'at once'`"
    );
    assert!(refusal("select \"titel\" from cards").ends_with("help: did you mean `title`?"));
}

#[test]
fn a_mistyped_table_gets_the_nearest_one() {
    assert_eq!(
        refusal("select id from card"),
        "no such table: card\n  select id from card\n                 ^^^^\nhelp: did you mean `cards`?"
    );
    assert!(refusal("insert into bords (name) values ('x')").ends_with("help: did you mean `boards`?"));
    assert!(refusal("select * from open_card").ends_with("help: did you mean `open_cards`?"));
}

#[test]
fn a_table_of_nobody_gets_the_list() {
    assert_eq!(
        refusal("select id from users"),
        "no such table: users\n  select id from users\n                 ^^^^^\n\
         help: the slice has `activity`, `boards`, `cards`, `search`, `tags`, `everything` and `open_cards`; \
         what another slice owns is read through that slice's queries"
    );
    let error = Schema::new().check("select 1 from users").expect_err("no table");
    assert_eq!(error.help.as_deref(), Some("create it in a `#[migration]`; the slice has no table yet"));
}

#[test]
fn an_ambiguous_column_gets_its_choices() {
    assert_eq!(
        refusal("select id from cards c join boards on boards.id = board_id"),
        "ambiguous column name: id\n  select id from cards c join boards on boards.id = board_id\n         ^^\n\
         help: say which one: `c.id` and `boards.id`"
    );
}

#[test]
fn a_mistyped_keyword_gets_the_nearest_one() {
    for (sql, wrong, right) in [
        ("selct id from cards", "selct", "select"),
        ("select id form cards", "form", "from"),
        ("select id from cards wher id = 1", "wher", "where"),
        ("insert into boards (name) value ('x')", "value", "values"),
        ("udpate boards set name = 'x'", "udpate", "update"),
        ("select id from cards oder by id", "oder", "order"),
    ] {
        let error = board().check(sql).expect_err(sql);
        assert_eq!(error.at.map(|at| &sql[at]), Some(wrong), "{sql}");
        assert_eq!(error.help, Some(format!("did you mean `{right}`?")), "{sql}");
    }
}

#[test]
fn a_comma_too_many_is_pointed_at() {
    assert_eq!(
        refusal("select id, from cards"),
        "near \"from\": syntax error\n  select id, from cards\n           ^\nhelp: take the comma before `from` away"
    );
    assert!(refusal("insert into boards (name,) values ('x')").ends_with("take the comma before `)` away"));
}

#[test]
fn a_statement_that_stops_too_early_is_marked_at_its_end() {
    assert_eq!(
        refusal("select id from cards where"),
        "incomplete input\n  select id from cards where\n                       ^^^^^\nhelp: the statement ends too early"
    );
}

#[test]
fn a_string_that_does_not_end_is_marked_to_its_end() {
    assert_eq!(
        refusal("select 'it"),
        "unrecognized token: \"'it\"\n  select 'it\n         ^^^\n\
         help: close the string with `'`; a quote within it is written twice"
    );
}

#[test]
fn a_mistyped_function_gets_the_nearest_one() {
    assert_eq!(
        refusal("select lenght(title) as n from cards"),
        "no such function: lenght\n  select lenght(title) as n from cards\n         ^^^^^^\nhelp: did you mean `length`?"
    );
}

#[test]
fn counts_that_differ_are_marked() {
    assert_eq!(
        refusal("insert into boards values (1, 'x')"),
        "table boards has 3 columns but 2 values were supplied\n  insert into boards values (1, 'x')\n              ^^^^^^\n\
         help: say which columns the values are for: `insert into boards (id, name, note) …`"
    );
    assert_eq!(
        refusal("insert into boards (name) values (1, 'x')"),
        "2 values for 1 columns\n  insert into boards (name) values (1, 'x')\n                            ^^^^^^\n\
         help: each column takes one value, in the same order"
    );
}

#[test]
fn returning_knows_no_alias() {
    assert!(
        refusal("update boards as b set name = 'x' returning b.id")
            .ends_with("help: `returning` gives back columns of the table that is written, without an alias")
    );
}

#[test]
fn exactly_one_statement_is_a_query() {
    assert_eq!(
        refusal("select id from cards; delete from cards"),
        "more than one statement\n  select id from cards; delete from cards\n                        ^^^^^^\n\
         help: write one statement in each query; a function body can run several"
    );
    for nothing in ["", " \n", "-- later", ";", "/* */ ; ;"] {
        assert!(refusal(nothing).starts_with("the statement is empty"), "{nothing}");
    }
    board().check("; select id from cards; -- that is all").expect("it is one");
}

#[test]
fn only_data_statements_are_queries() {
    assert_eq!(
        refusal("create table x (y)"),
        "`create` is no statement for a query\n  create table x (y)\n  ^^^^^^\nhelp: schema changes belong in a `#[migration]`"
    );
    for sql in ["drop table cards", "ALTER table cards add x", "reindex", "analyze"] {
        assert!(refusal(sql).ends_with("help: schema changes belong in a `#[migration]`"), "{sql}");
    }
    for sql in ["begin", "commit", "end", "rollback", "savepoint a", "release a"] {
        assert!(refusal(sql).contains("a `&Tx` is a transaction already"), "{sql}");
    }
    for sql in ["pragma user_version", "attach 'x' as y", "detach y", "vacuum"] {
        assert!(refusal(sql).contains("the store sets up"), "{sql}");
    }
    assert!(refusal("explain select 1").ends_with("help: take `explain` away"));
}

#[test]
fn parameters_have_names_with_a_colon() {
    assert_eq!(
        refusal("select id from cards where id = ?"),
        "a parameter without a name\n  select id from cards where id = ?\n                                  ^\n\
         help: name it, `:title`, and take an argument of that name"
    );
    let names = ["id".to_owned(), "of".to_owned()];
    let help = |sql: &str| board().check_for(sql, &names).expect_err(sql).help.unwrap_or_default();
    assert_eq!(help("select id from cards where id = ?"), "name it after the argument: `:id`");
    assert_eq!(help("select id from cards where id = ?2"), "name it after the argument: `:of`");
    assert_eq!(help("select id from cards where id = ?3"), "name it after an argument: `:id` and `:of`");
    assert!(refusal("select ?1").starts_with("a parameter without a name"));
    assert!(refusal("select :1").starts_with("a parameter without a name"));
    assert!(refusal("select @id").ends_with("help: write `:id`"));
    assert!(refusal("select $id").ends_with("help: write `:id`"));
    assert!(refusal("select :a$b").starts_with("`:a$b` cannot be the name of an argument"));
    assert!(refusal("select :id::text").ends_with("help: write `cast(:id as text)`"));
    assert!(refusal("select title::text from cards").ends_with("help: SQLite casts with `cast(… as …)`"));
}

#[test]
fn two_columns_of_one_name_are_refused() {
    assert_eq!(
        refusal("select c.id, b.id from cards c, boards b"),
        "two columns are named `id`\n  select c.id, b.id from cards c, boards b\n               ^^^^\n\
         help: give it another name: `b.id as b_id`"
    );
    assert!(
        refusal("select id, title as ID from cards")
            .ends_with("help: give it another name: `title as other`")
    );
    assert!(
        refusal("select c.*, b.* from cards c, boards b")
            .ends_with("help: list the columns instead of `b.*` and give one another name with `as`")
    );
    board().check("select 1, 1").expect("nobody has named them");
}

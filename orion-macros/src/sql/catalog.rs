//! The tables and views that exist, with the facts about their columns that a check needs. Read from SQLite once after each
//! migration.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use rusqlite::Connection;

use super::analysis;
use super::model::{Affinity, Kind, Nullable};
use super::tokens::Tokens;
use super::value::{Columns, Output, Value};

/// What the schema holds. Names are looked up without regard to case, as in SQL.
#[derive(Debug, Default)]
pub(super) struct Catalog {
    tables: BTreeMap<String, Table>,
    views: BTreeMap<String, View>,
    /// The columns that a foreign key may name, by table: of each primary key, unique constraint and whole unique index.
    keys: BTreeSet<(String, Vec<String>)>,
    /// The tables that are watched by a key, in lower case.
    pub(super) keyed: BTreeMap<String, KeyColumn>,
    /// Whether a constraint or trigger may replace rows, or a word looks like it.
    pub(super) replaces: bool,
    /// The columns of the views that were asked for; not known while they are worked out.
    view_columns: RefCell<BTreeMap<String, Columns>>,
}

#[derive(Debug)]
#[allow(clippy::struct_excessive_bools, reason = "facts that SQLite tells, each by itself")]
pub(super) struct Table {
    pub(super) name: String,
    /// A virtual table keeps no constraints of its own.
    pub(super) is_virtual: bool,
    /// A table that SQLite keeps behind a virtual one, or for itself.
    pub(super) internal: bool,
    /// Whether SQLite keeps only values of the declared type in its columns (<https://www.sqlite.org/stricttables.html>).
    pub(super) strict: bool,
    /// In the order of the table, without the hidden columns of virtual tables.
    pub(super) columns: Vec<TableColumn>,
    has_rowid: bool,
    /// For a full-text index over another table's text: that table.
    pub(super) content: Option<String>,
}

/// The column by whose values a table is watched.
#[derive(Debug)]
pub(super) struct KeyColumn {
    /// As it was declared.
    pub(super) name: String,
    pub(super) affinity: Affinity,
}

#[derive(Debug)]
pub(super) struct TableColumn {
    pub(super) name: String,
    /// The declared type; empty where none is.
    pub(super) declared: String,
    pub(super) kind: Option<Kind>,
    pub(super) not_null: bool,
    /// An INTEGER PRIMARY KEY: another name for the rowid, which SQLite makes up where NULL is inserted.
    pub(super) is_rowid: bool,
    pub(super) otherwise: Otherwise,
}

/// What a column holds where an insert gives it no value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Otherwise {
    Null,
    Default,
    /// It is generated, and takes no value ever.
    Computed,
}

#[derive(Debug)]
struct View {
    name: String,
    sql: String,
}

impl Catalog {
    /// Reads the catalog of the database.
    pub(super) fn read(connection: &Connection) -> rusqlite::Result<Self> {
        let mut catalog = Self::default();
        let mut listed = connection.prepare_cached(
            "select l.name, l.type, l.wr, coalesce(s.sql, ''), l.strict from pragma_table_list as l \
             left join sqlite_schema as s on s.name = l.name and s.type in ('table', 'view') \
             where l.schema = 'main' order by l.name",
        )?;
        let mut rows = listed.query([])?;
        while let Some(row) = rows.next()? {
            let (name, class, without_rowid, sql): (String, String, bool, String) =
                (row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?);
            let strict = row.get(4)?;
            let key = name.to_ascii_lowercase();
            if class == "view" {
                catalog.views.insert(key, View { name, sql });
                continue;
            }
            let is_virtual = class == "virtual";
            let full_text = is_virtual && uses_fts5(&sql);
            let table = Table {
                columns: columns(connection, &name, without_rowid)?,
                is_virtual,
                strict,
                internal: class == "shadow" || key.starts_with("sqlite_"),
                has_rowid: full_text || (!is_virtual && !without_rowid),
                content: if is_virtual { content(&sql) } else { None },
                name,
            };
            catalog.tables.insert(key, table);
        }
        catalog.keys = keys(connection, &catalog.tables)?;
        let replaces = "select exists(select 1 from sqlite_schema where sql like '%replace%')";
        catalog.replaces = connection.prepare_cached(replaces)?.query_row([], |row| row.get(0))?;
        Ok(catalog)
    }

    pub(super) fn table(&self, name: &str) -> Option<&Table> {
        self.tables.get(&name.to_ascii_lowercase())
    }

    /// The tables that a migration declared, sorted.
    pub(super) fn tables(&self) -> impl Iterator<Item = &Table> {
        self.tables.values().filter(|table| !table.internal)
    }

    /// The tables that a migration declared with the columns that a foreign key may name, both in lower case, sorted.
    pub(super) fn keys(&self) -> impl Iterator<Item = (&str, &[String])> {
        self.keys.iter().map(|(table, columns)| (table.as_str(), columns.as_slice()))
    }

    /// Whether a column is part of a key; under SQLite's own name for it too.
    pub(super) fn is_key(&self, table: &str, column: &str) -> bool {
        let rowid = || ["rowid", "oid", "_rowid_"].contains(&column);
        rowid() || self.keys().any(|(of, columns)| of == table && columns.iter().any(|key| key == column))
    }

    /// Whether there is a view of this name.
    pub(super) fn is_view(&self, name: &str) -> bool {
        self.views.contains_key(&name.to_ascii_lowercase())
    }

    /// The names of the views, sorted.
    pub(super) fn views(&self) -> impl Iterator<Item = &str> {
        self.views.values().map(|view| view.name.as_str())
    }

    /// The columns of a table or view.
    pub(super) fn columns(&self, name: &str) -> Columns {
        let key = name.to_ascii_lowercase();
        if let Some(table) = self.tables.get(&key) {
            return Some(table.columns.iter().map(|column| table.output(column)).collect());
        }
        if let Some(known) = self.view_columns.borrow().get(&key) {
            return known.clone();
        }
        let view = self.views.get(&key)?;
        // A view that goes in a circle is an error of SQLite's; until it is found, its columns are not known.
        self.view_columns.borrow_mut().insert(key.clone(), None);
        let columns = analysis::of_view(&view.sql, self);
        self.view_columns.borrow_mut().insert(key, columns.clone());
        columns
    }
}

impl Table {
    pub(super) fn column(&self, name: &str) -> Option<&TableColumn> {
        self.columns.iter().find(|column| column.name.eq_ignore_ascii_case(name))
    }

    /// What a value is turned into that is compared with a column of it.
    pub(super) fn affinity(&self, column: &TableColumn) -> Affinity {
        match column.kind {
            Some(Kind::Text) => Affinity::Text,
            Some(Kind::Blob) => Affinity::None,
            // `any` is a type in strict tables only.
            None if self.strict || column.declared.is_empty() => Affinity::None,
            Some(Kind::Integer | Kind::Real) | None => Affinity::Numeric,
        }
    }

    fn output(&self, column: &TableColumn) -> Output {
        let nullable = match column {
            // What it returns is up to the module.
            _ if self.is_virtual => Nullable::Unknown,
            column if column.not_null || column.is_rowid => Nullable::Never,
            _ => Nullable::Maybe,
        };
        let origin = Some((self.name.clone(), column.name.clone()));
        Output { name: column.name.clone(), value: Value { kind: column.kind, nullable, origin } }
    }

    /// The rowid under one of its own names, where no column has that name.
    pub(super) fn rowid(&self) -> Option<Value> {
        if !self.has_rowid {
            return None;
        }
        let column =
            self.columns.iter().find(|column| column.is_rowid).map_or("rowid", |column| &column.name);
        Some(Value { origin: Some((self.name.clone(), column.to_owned())), ..Value::never(Kind::Integer) })
    }
}

/// The keys of the tables (<https://www.sqlite.org/foreignkeys.html#fk_indexes>), in lower case. The columns are sorted, because
/// a foreign key may name them in any order.
fn keys(
    connection: &Connection,
    tables: &BTreeMap<String, Table>,
) -> rusqlite::Result<BTreeSet<(String, Vec<String>)>> {
    let mut indexed = connection.prepare_cached(
        "select lower(t.name), i.name, lower(c.name) from pragma_table_list as t \
         join pragma_index_list(t.name) as i join pragma_index_info(i.name) as c \
         where t.schema = 'main' and t.type = 'table' and i.\"unique\" and not i.partial order by 1, 2, 3",
    )?;
    let mut found: BTreeMap<(String, String), Vec<Option<String>>> = BTreeMap::new();
    let mut rows = indexed.query([])?;
    while let Some(row) = rows.next()? {
        found.entry((row.get(0)?, row.get(1)?)).or_default().push(row.get(2)?);
    }
    let declared = |table: &String| tables.get(table).is_some_and(|table| !table.internal);
    // An expression has no name, and no foreign key names it.
    let indexed = found.into_iter().filter_map(|((table, _), columns)| {
        Some((table, columns.into_iter().collect::<Option<Vec<String>>>()?))
    });
    let rowids = tables.iter().flat_map(|(name, table)| {
        let rowid = table.columns.iter().filter(|column| column.is_rowid);
        rowid.map(|column| (name.clone(), vec![column.name.to_ascii_lowercase()]))
    });
    Ok(indexed.chain(rowids).filter(|(table, _)| declared(table)).collect())
}

fn columns(connection: &Connection, table: &str, without_rowid: bool) -> rusqlite::Result<Vec<TableColumn>> {
    // A primary key with an index of its own is no rowid, also where it is an INTEGER (`integer primary key desc`).
    let mut statement = connection.prepare_cached(
        "select name, type, \"notnull\", \
           pk = 1 and upper(type) = 'INTEGER' \
             and (select count(*) from pragma_table_info(:table) where pk > 0) = 1 \
             and not exists (select 1 from pragma_index_list(:table) where origin = 'pk'), \
           hidden in (2, 3), dflt_value is not null \
         from pragma_table_xinfo(:table) where hidden <> 1 order by cid",
    )?;
    let columns = statement.query_map([table], |row| {
        let declared: String = row.get(1)?;
        Ok(TableColumn {
            name: row.get(0)?,
            kind: Kind::of_type(&declared),
            declared,
            not_null: row.get(2)?,
            is_rowid: row.get::<_, bool>(3)? && !without_rowid,
            otherwise: match (row.get(4)?, row.get(5)?) {
                (true, _) => Otherwise::Computed,
                (_, true) => Otherwise::Default,
                _ => Otherwise::Null,
            },
        })
    })?;
    columns.collect()
}

/// Whether a virtual table is a full-text index: each of its rows has a rowid, and no hidden column takes that name.
fn uses_fts5(sql: &str) -> bool {
    let tokens = Tokens::of(sql);
    tokens.all().any(|at| tokens.is(at, "using") && tokens.is(at + 1, "fts5"))
}

/// The table of `content='table'` in the declaration of a full-text index.
fn content(sql: &str) -> Option<String> {
    let tokens = Tokens::of(sql);
    let at = (0..tokens.len()).find(|at| tokens.is(*at, "content") && tokens.is(at + 1, "="))?;
    let table = tokens.get(at + 2)?.name()?;
    (!table.is_empty()).then_some(table)
}

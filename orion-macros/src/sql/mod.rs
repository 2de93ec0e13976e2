//! Stand-in with the API of the engine; replaced when branch `sql` is merged.

use rusqlite::Connection;

pub(crate) struct Schema(Connection);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Integer,
    Real,
    Text,
    Blob,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Nullable {
    Never,
    Maybe,
    Unknown,
}

pub(crate) struct Checked {
    pub(crate) parameters: Vec<Parameter>,
    pub(crate) columns: Vec<Column>,
    pub(crate) reads: Vec<String>,
    pub(crate) writes: Vec<String>,
    pub(crate) read_only: bool,
}

pub(crate) struct Parameter {
    pub(crate) name: String,
    pub(crate) kind: Option<Kind>,
    pub(crate) nullable: Option<bool>,
}

pub(crate) struct Column {
    pub(crate) name: String,
    pub(crate) kind: Option<Kind>,
    pub(crate) nullable: Nullable,
}

pub(crate) struct SqlError {
    pub(crate) message: String,
}

impl SqlError {
    pub(crate) fn render(&self) -> String {
        self.message.clone()
    }
}

impl From<rusqlite::Error> for SqlError {
    fn from(error: rusqlite::Error) -> Self {
        Self { message: error.to_string() }
    }
}

impl Schema {
    pub(crate) fn new() -> Self {
        Self(Connection::open_in_memory().expect("in memory"))
    }
    pub(crate) fn apply(&mut self, sql: &str) -> Result<(), SqlError> {
        Ok(self.0.execute_batch(sql)?)
    }
    pub(crate) fn tables(&self) -> Vec<String> {
        let mut all =
            self.0.prepare("select name from sqlite_schema where type = 'table' order by name").expect("sql");
        let names = all.query_map([], |row| row.get(0)).expect("rows");
        names.map(|name| name.expect("a name")).collect()
    }
    pub(crate) fn check(&self, sql: &str) -> Result<Checked, SqlError> {
        let statement = self.0.prepare(sql)?;
        let parameters = (1..=statement.parameter_count())
            .map(|at| Parameter {
                name: statement.parameter_name(at).unwrap_or("?")[1..].to_owned(),
                kind: None,
                nullable: None,
            })
            .collect();
        let columns = statement.columns_with_metadata();
        let columns = columns
            .iter()
            .map(|column| Column {
                name: column.name().to_owned(),
                kind: match statement
                    .columns()
                    .iter()
                    .find(|c| c.name() == column.name())
                    .and_then(|c| c.decl_type())
                {
                    Some("integer") => Some(Kind::Integer),
                    Some("real") => Some(Kind::Real),
                    Some("text") => Some(Kind::Text),
                    Some("blob") => Some(Kind::Blob),
                    _ => None,
                },
                nullable: match (column.table_name(), column.origin_name()) {
                    (Some(table), Some(name)) => match self.0.column_metadata(Some("main"), table, name) {
                        Ok((_, _, not_null, primary, _)) if not_null || primary => Nullable::Never,
                        Ok(_) => Nullable::Maybe,
                        Err(_) => Nullable::Unknown,
                    },
                    _ => Nullable::Unknown,
                },
            })
            .collect();
        let tables: Vec<String> =
            self.tables().into_iter().filter(|table| sql.contains(table.as_str())).collect();
        let read_only = statement.readonly();
        let (reads, writes) = if read_only { (tables, Vec::new()) } else { (Vec::new(), tables) };
        Ok(Checked { parameters, columns, reads, writes, read_only })
    }
}

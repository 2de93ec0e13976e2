//! The columns that the SQL returns against what the function returns.

use syn::{LitStr, Type};

use crate::errors::Errors;
use crate::query::model::{Later, Returns};
use crate::row::{Rows, ways_out, why_null};
use crate::scalar::{self, Scalar};
use crate::spelling::{self, spell};
use crate::sql::{Column, Nullable};

/// Says what constants have to compare later.
pub(super) fn check(
    cx: &mut Errors,
    what: &str,
    sql: &LitStr,
    columns: &[Column],
    (returns, output): (&Returns, &Type),
    rows: &mut Rows,
) -> Later {
    let Some(row) = returns.row() else {
        if !columns.is_empty() {
            let ty = spell(output);
            cx.at(output, format!("{what} returns rows, and `{ty}` holds none"))
                .help("return `Result<Vec<T>>`, `Result<Option<T>>` or `Result<T>`, or remove `returning` from the SQL");
        }
        return Later::Nothing;
    };
    if columns.is_empty() {
        cx.at(output, format!("the SQL of {what} returns no rows")).help(
            "return `Result<()>`, `Result<Changes>` for their number, or end the SQL with `returning …`",
        );
        return Later::Nothing;
    }
    if let Some(scalar) = Scalar::of(row) {
        single(cx, (what, sql), columns, returns, row, scalar);
        return Later::Nothing;
    }
    rows.check(cx, what, sql, columns, row).map_or(Later::Row, Later::Fields)
}

/// One value: exactly one column that fits it.
fn single(
    cx: &mut Errors,
    (what, sql): (&str, &LitStr),
    columns: &[Column],
    returns: &Returns,
    row: &Type,
    scalar: Scalar,
) {
    let [column] = columns else {
        let names = columns.iter().map(|column| column.name.as_str());
        cx.at(row, format!("{what} returns {} columns, and `{}` holds one", columns.len(), spell(row)))
            .help(format!("return a struct with `#[derive(Row)]` and the fields {}", spelling::list(names)));
        return;
    };
    let (name, ty) = (&column.name, spell(row));
    // No row and null are the same `None`.
    let takes_null = scalar.optional || matches!(returns, Returns::Optional(_));
    if let Some(kind) = column.kind.filter(|kind| !scalar.class.reads(*kind)) {
        let null = scalar.optional || (column.nullable != Nullable::Never && !takes_null);
        let (kind, right) = (kind.word(), scalar::owned(kind, null));
        cx.at(row, format!("{what} must not be read as `{ty}`: its column `{name}` is `{kind}`"))
            .help(format!("read it as `{right}`"));
    } else if column.nullable != Nullable::Never && !takes_null {
        let why = why_null(sql, column, &format!("its column `{name}`"));
        cx.at(row, format!("{what} must be read as an `Option`: {why}"))
            .help(format!("write `Option<{ty}>`{}", ways_out(&sql.value(), column)));
    }
}

//! Who may what: a row for each command and page, a column for each role.

use std::fmt::Write as _;

use crate::decl::{Access, Slice};

/// The table. `public` is a column of its own, and so is `unstated`, where nobody said: then everybody may.
pub(crate) fn table(slices: &[&'static Slice]) -> String {
    let rows: Vec<(String, Access)> = slices.iter().flat_map(|slice| rows(slice)).collect();
    let columns = columns(rows.iter().map(|(_, access)| access));
    let width = rows.iter().map(|(what, _)| what.len()).max().unwrap_or_default();
    let mut text = format!("{:<width$}", "");
    for column in &columns {
        let _ = write!(text, "  {column}");
    }
    text.push('\n');
    for (what, access) in &rows {
        let mut line = format!("{what:<width$}");
        for column in &columns {
            let mark = if names(access).contains(column) { "x" } else { "" };
            let _ = write!(line, "  {mark:<0$}", column.len());
        }
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text
}

fn rows(slice: &Slice) -> Vec<(String, Access)> {
    let pages = slice.pages.iter().map(|page| ("GET", page.path, page.name, page.access));
    let commands = slice
        .commands
        .iter()
        .map(|command| (command.method.as_str(), command.path, command.name, command.access));
    let row = |(method, path, name, access)| (format!("{method:<6} {path}  {}::{name}", slice.name), access);
    pages.chain(commands).map(row).collect()
}

/// `public`, the roles in the order in which they are met, `unstated`; those that nothing has are left out.
fn columns<'a>(all: impl Iterator<Item = &'a Access>) -> Vec<&'static str> {
    let (mut roles, mut found) = (Vec::new(), Vec::new());
    for access in all {
        let kind = if let Access::Allow(_) = access { &mut roles } else { &mut found };
        for name in names(access) {
            if !kind.contains(&name) {
                kind.push(name);
            }
        }
    }
    let has = |name| found.contains(&name).then_some(name);
    has("public").into_iter().chain(roles).chain(has("unstated")).collect()
}

fn names(access: &Access) -> Vec<&'static str> {
    match access {
        Access::Unstated => vec!["unstated"],
        Access::Public => vec!["public"],
        Access::Allow(roles) => roles.iter().map(|role| role.name).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decl::{Command, Method, Page, Role, Run};

    const HOME: Page = Page::new("notes", "home", "/", |_| Err(crate::Error::internal(""))).public();
    const OLD: Page = Page::new("notes", "old", "/old", |_| Err(crate::Error::internal("")));
    const EDIT: Command = Command::new(
        "notes",
        "edit",
        Method::Post,
        "/notes/{id}",
        Run::Sync(|_| Err(crate::Error::internal(""))),
    )
    .allow(&[Role::new("editor", |_, _| Ok(true)), Role::new("admin", |_, _| Ok(true))]);

    #[test]
    fn each_command_and_page_has_a_row_and_each_role_a_column() {
        const NOTES: Slice = Slice::new("notes").pages(&[&HOME, &OLD]).commands(&[&EDIT]);
        assert_eq!(
            table(&[&NOTES]),
            "                                 public  editor  admin  unstated
GET    /  notes::home            x
GET    /old  notes::old                                 x
POST   /notes/{id}  notes::edit          x       x
"
        );
    }
}

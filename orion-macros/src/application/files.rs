//! The files of a folder, as they are embedded.

use std::io::{Error, ErrorKind, Result};
use std::path::Path;

use super::model::File;

/// Every file under `root/folder`, sorted by name. Hidden ones are left out, and folders that a link leads to: they may
/// lead back.
pub(super) fn under(root: &Path, folder: &str) -> Result<Vec<File>> {
    let folder = folder.trim_matches('/');
    let mut files = Vec::new();
    walk(&root.join(folder), "", &mut |name| files.push(File { path: format!("/{folder}/{name}"), name }))?;
    files.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(files)
}

fn walk(folder: &Path, prefix: &str, found: &mut dyn FnMut(String)) -> Result<()> {
    for entry in folder.read_dir()? {
        let entry = entry?;
        let name = entry.file_name();
        let Some(name) = name.to_str() else {
            let message = format!("the name of {} is not UTF-8", entry.path().display());
            return Err(Error::new(ErrorKind::InvalidData, message));
        };
        if name.starts_with('.') {
            continue;
        }
        let (path, name) = (entry.path(), format!("{prefix}{name}"));
        if entry.file_type()?.is_dir() {
            walk(&path, &format!("{name}/"), found)?;
        } else if path.is_file() {
            found(name);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn files_come_sorted_with_their_folders_and_without_hidden_ones() {
        let root = std::env::temp_dir().join(format!("orion-macros-files-{}", std::process::id()));
        fs::create_dir_all(root.join("static/img/.git")).expect("folders");
        for file in ["style.css", "app.js", ".hidden", "img/logo.svg", "img/.git/x"] {
            fs::write(root.join("static").join(file), "").expect("a file");
        }
        let found = under(&root, "static/");
        fs::remove_dir_all(&root).expect("removed");
        let found: Vec<(String, String)> =
            found.expect("the folder is there").into_iter().map(|file| (file.name, file.path)).collect();
        let file = |name: &str| (name.to_owned(), format!("/static/{name}"));
        assert_eq!(found, [file("app.js"), file("img/logo.svg"), file("style.css")]);
    }
}

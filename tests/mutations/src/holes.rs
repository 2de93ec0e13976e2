//! Plants holes in a copy of an example, and looks whether the renamings fall through exactly these: a program that finds nothing
//! has to be able to find something.

use std::error::Error;
use std::fs;
use std::path::Path;

use crate::compile::copy_all;
use crate::site::Class;

/// The example that gets the holes.
const EXAMPLE: &str = "todos";

/// A link that no compiler looks at, in the place of a typed one.
const HOLES: [(&str, &str); 2] = [
    ("data-on:submit=(create::action())", "data-on:submit={\"@\" \"post('/todos')\"}"),
    ("action=(create::path())", "action=\"/todos\""),
];
/// The renaming that the holes let through.
const THROUGH: (Class, &str) = (Class::Route, "todos");

/// Fails unless the renaming, and no other, is told.
pub(crate) async fn are_found(examples: &Path) -> Result<(), Box<dyn Error>> {
    for (typed, raw) in HOLES {
        let copy = tempfile::tempdir()?;
        copy_all(&examples.join(EXAMPLE), copy.path())?;
        let main = copy.path().join("src/main.rs");
        let text = fs::read_to_string(&main)?;
        let holed = text.replacen(typed, raw, 1);
        if holed == text {
            return Err(format!("{EXAMPLE} has no `{typed}` any more: plant the hole elsewhere").into());
        }
        fs::write(&main, holed)?;
        println!("a hole in {EXAMPLE}, `{raw}`:");
        let told = crate::example(EXAMPLE, copy.path()).await?.wrong;
        let told: Vec<_> = told.iter().map(|site| (site.class, site.name.as_str())).collect();
        if told != [THROUGH] {
            return Err(format!("the hole lets {THROUGH:?} through, and this was told: {told:?}").into());
        }
        println!("  is found");
    }
    Ok(())
}

#[orion::slice(uses(folders))]
mod folders {
    use orion::prelude::*;

    #[migration]
    const CREATE: &str =
        "create table folders (id integer primary key, parent integer references folders (id)) strict";
}

orion::main! { slices: [folders] }

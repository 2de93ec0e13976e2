use orion::prelude::*;

#[derive(Row)]
enum Todo {
    Open,
}

fn main() {
    let _ = Todo::Open;
    let _ = <Todo as orion::Row>::COLUMNS;
}

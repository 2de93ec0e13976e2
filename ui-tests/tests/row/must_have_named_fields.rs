use orion::prelude::*;

#[derive(Row)]
struct Todo(i64);

fn main() {
    let _ = |todo: Todo| todo.0;
    let _ = <Todo as orion::Row>::COLUMNS;
}

use orion::prelude::*;

#[derive(Row)]
struct Todo<T> {
    id: T,
}

fn main() {
    let _ = |todo: Todo<i64>| todo.id;
    let _ = <Todo<i64> as orion::Row>::COLUMNS;
}

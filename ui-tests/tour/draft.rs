// A list of wishes with a form.

use orion::prelude::*;

#[orion::slice]
pub mod wishes {
    use super::*;

    #[migration]
    const CREATE: &str =
        "create table wishes (id integer primary key, title text not null, price integer not null) strict";

    #[derive(Row)]
    pub struct Wish {
        pub id: i64,
        pub title: String,
        pub price: i64,
    }

    #[query("select id, title, price from wishes order by id")]
    pub fn all(db: &Db) -> Result<Vec<Wish>>;

    #[query("insert into wishes (title, price) values (:title, :price)")]
    fn insert(tx: &Tx, title: &str, price: &str) -> Result<()>;

    #[derive(Deserialize)]
    struct Draft {
        title: String,
        price: String,
    }

    #[command(post "/wishes")]
    fn wish(tx: &Tx, draft: Signals<Draft>) -> Result<Reply> {
        ensure!(!draft.title.is_empty(), tilte = "Say what you wish for");
        insert(tx, &draft.title, &draft.price)?;
        Ok(Reply::signal("title", ""))
    }

    #[region]
    fn list(db: &Db) -> Result<Markup> {
        Ok(html! {
            ul { @for wish in all(db)? { li id={"wish-" (wish.id)} { (wish.title) ", " (wish.price) " €" } } }
        })
    }

    #[page("/")]
    fn home() -> Markup {
        html! {
            form data-on:submit=(wish::action()) {
                input data-bind:titel;
                (field_error("title"))
                input data-bind:price type="number";
                button { "Wish" }
            }
            (list::region())
        }
    }
}

orion::main! { slices: [wishes] }

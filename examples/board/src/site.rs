//! The pages: where the features' regions are put together.

use orion::prelude::*;

use crate::{activity, boards, people};

#[orion::slice(name = "site")]
pub mod slice {
    use super::*;

    #[page("/", title = "Boards")]
    pub fn home() -> Markup {
        html! {
            (header(&html! {}))
            main class="home" {
                h1 { "Boards" }
                form class="add" method="post" action=(boards::slice::create::path()) data-on:submit=(boards::slice::create::action()) {
                    input name="name" aria-label="Name of a new board" placeholder="Name of a new board" data-bind=(boards::slice::create::signals().name);
                    button { "Make" }
                    (field_error(boards::slice::create::signals().name))
                }
                (boards::slice::index::region())
            }
        }
    }

    #[page("/boards/{id}")]
    pub fn board(db: &Db, id: i64) -> Result<Document> {
        let board = boards::slice::board(db, id)?.ok_or(NotFound)?;
        let body = html! {
            (header(&people::slice::here::region(id)))
            main class="board" data-signals=(boards::drafts()) {
                h1 { (board.name) }
                (boards::slice::lanes::region(id))
                aside {
                    h2 { "Activity" }
                    (activity::slice::unread::region(id))
                    (activity::slice::feed::region(id))
                }
            }
        };
        Ok(Document::new(body).title(board.name))
    }

    fn header(here: &impl maud::Render) -> Markup {
        html! {
            header {
                a href=(home::path()) { "Boards" }
                (here)
                details class="who" {
                    summary { (people::slice::me::region()) }
                    form data-on:submit=(people::slice::rename::action()) {
                        input id="nickname" aria-label="Your name" placeholder="Your name" data-bind=(people::slice::rename::signals().nickname);
                        button { "Save" }
                        (field_error(people::slice::rename::signals().nickname))
                    }
                }
            }
        }
    }
}

use orion::prelude::*;

#[orion::slice]
mod basket {
    use super::*;

    #[page("/basket")]
    pub(crate) fn home() -> Markup {
        html! { p {} }
    }
}

#[orion::slice]
mod goods {
    use super::*;

    mod plain {
        pub(super) fn path(_: &str) -> String {
            String::new()
        }
        pub(super) fn total(_: &orion::Db) -> i64 {
            0
        }
    }

    #[region]
    fn links(db: &Db) -> Result<Markup> {
        Ok(html! { a href=(basket::home::path()) {} a href=(plain::path("x")) { (plain::total(db)) } })
    }

    #[page("/")]
    fn home() -> Markup {
        html! { (links::region()) }
    }
}

orion::main! { slices: [goods] }

use orion::prelude::*;

mod boards {
    use orion::prelude::*;

    #[orion::slice(name = "boards")]
    pub(crate) mod slice {
        use super::*;

        #[migration]
        const CREATE: &str = "create table boards (name text not null) strict";

        #[query("select name from boards")]
        pub(crate) fn boards(db: &Db) -> Result<Vec<String>>;
    }
}

#[orion::slice]
mod site {
    use super::*;

    #[page("/")]
    fn home(db: &Db) -> Result<Markup> {
        Ok(html! { p { (boards::slice::boards(db)?.len()) } })
    }
}

orion::main! { slices: [site] }

#[orion::slice]
mod basket {
    use orion::prelude::*;

    #[migration]
    const CREATE: &str = "create table items (name text not null default '') strict";

    #[query("select count(*) from items")]
    pub(crate) fn count(db: &Db) -> Result<i64>;
}

mod shop {
    #[orion::slice(name = "goods")]
    pub(crate) mod slice {
        use orion::prelude::*;

        use crate::basket;

        #[page("/goods")]
        fn goods(db: &Db) -> Result<Markup> {
            Ok(html! { (shown(db)?) })
        }

        fn shown(db: &Db) -> Result<i64> {
            basket::count(db)
        }
    }
}

orion::main! { slices: [shop::slice] }

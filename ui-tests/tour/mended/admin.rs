// Something that not everybody may do.

use orion::prelude::*;

#[orion::slice]
pub mod admin {
    use super::*;

    #[migration]
    const CREATE: &str = "
        create table admins (viewer text primary key not null) strict, without rowid;
        create table settings (id integer primary key, motto text not null) strict;
        insert into settings values (1, 'Keep it short');";

    #[query("select count(*) > 0 from admins where viewer = :viewer")]
    fn is_admin(db: &Db, viewer: &str) -> Result<bool>;

    #[query("select motto from settings where id = 1")]
    fn motto(db: &Db) -> Result<String>;

    #[query("update settings set motto = :motto where id = 1")]
    fn set_motto(tx: &Tx, motto: &str) -> Result<()>;

    fn administrator(db: &Db, viewer: &Viewer) -> Result<bool> {
        is_admin(db, viewer.id())
    }

    #[derive(Deserialize)]
    struct Setting {
        motto: String,
    }

    #[command(post "/motto", allow(administrator))]
    fn change(tx: &Tx, setting: Signals<Setting>) -> Result<Reply> {
        set_motto(tx, &setting.motto)?;
        Ok(Reply::done())
    }

    #[region]
    fn shown(db: &Db) -> Result<Markup> {
        Ok(html! { p { (motto(db)?) } })
    }

    #[page("/", public)]
    fn home() -> Markup {
        html! {
            (shown::region())
            form data-on:submit=(change::action()) { input data-bind:motto; button { "Change" } }
        }
    }
}

orion::main! { slices: [admin], access: required }

//! People: the names that viewers give themselves, and who is here.

use orion::prelude::*;

#[orion::slice(name = "people", keyed(people.viewer))]
pub mod slice {
    use super::*;

    #[migration]
    const CREATE: &str =
        "create table people (viewer text primary key not null, name text not null) strict, without rowid";

    #[query("select name from people where viewer = :viewer")]
    fn chosen(db: &Db, viewer: &str) -> Result<Option<String>>;

    #[query(
        "insert into people (viewer, name) values (:viewer, :name)
         on conflict (viewer) do update set name = excluded.name"
    )]
    fn set_name(tx: &Tx, viewer: &str, name: &str) -> Result<()>;

    /// What a viewer is called: the name they chose, else one made of their identity.
    pub fn name(db: &Db, viewer: &str) -> Result<String> {
        let anonymous = || {
            format!(
                "Guest {}",
                viewer.chars().filter(char::is_ascii_alphanumeric).take(4).collect::<String>()
            )
        };
        Ok(chosen(db, viewer)?.unwrap_or_else(anonymous))
    }

    #[derive(Deserialize)]
    pub struct Naming {
        nickname: String,
    }

    #[command(put "/me")]
    pub fn rename(tx: &Tx, viewer: &Viewer, naming: Signals<Naming>) -> Result<Reply> {
        let name = naming.nickname.trim();
        ensure!(name.chars().count() >= 2, nickname = "At least 2 characters");
        ensure!(name.chars().count() <= 30, nickname = "At most 30 characters");
        set_name(tx, viewer.id(), name)?;
        Ok(Reply::signal(rename::signals().nickname, "").and_toast(format!("You are {name} now")))
    }

    /// What this viewer is called. Personal: it takes the viewer, so it is rendered for each and sent to nobody else.
    #[region]
    pub fn me(db: &Db, viewer: &Viewer) -> Result<Markup> {
        Ok(html! { p class="me" { "You are " strong { (name(db, viewer.id())?) } } })
    }

    /// Who has this board open right now; beyond what the header of a phone holds, how many more.
    #[region]
    pub fn here(db: &Db, present: &Present, _board: i64) -> Result<Markup> {
        let shown: Vec<_> = present.iter().take(4).map(Viewer::id).collect();
        let names = shown.iter().map(|viewer| name(db, viewer)).collect::<Result<Vec<_>>>()?;
        Ok(html! {
            ul class="here" aria-label="Who is here" {
                @for (viewer, name) in shown.iter().zip(&names) {
                    li id={"here-" (viewer)} style={"--hue: " (hue(viewer))} title=(name) { (initials(name)) }
                }
                @if present.len() > shown.len() { li { "+" (present.len() - shown.len()) } }
            }
        })
    }

    fn initials(name: &str) -> String {
        name.split_whitespace()
            .take(2)
            .filter_map(|word| word.chars().next())
            .collect::<String>()
            .to_uppercase()
    }

    /// A colour of their own, as an angle.
    fn hue(viewer: &str) -> u32 {
        viewer.bytes().map(u32::from).sum::<u32>() * 47 % 360
    }
}

//! Doorbells: whoever has the page open hears who is at the door. Nothing is kept in the database, so no table says what
//! changed: a topic does.

#[cfg(test)]
mod tests;

use std::sync::{Mutex, PoisonError};

use orion::prelude::*;

#[orion::slice]
pub mod bell {
    use super::*;

    const DOORS: [&str; 2] = ["Front door", "Garden gate"];

    /// Who rang at each door, newest first. In memory: a restart forgets them.
    static RINGS: [Mutex<Vec<String>>; DOORS.len()] = [const { Mutex::new(Vec::new()) }; DOORS.len()];

    /// Somebody rang at this door.
    #[topic]
    struct Rang(usize);

    #[derive(Deserialize)]
    struct Visitor {
        name: String,
    }

    /// Writes to no table, so it takes no `&Tx`, and tells at once.
    #[command(post "/doors/{door}/ring")]
    pub async fn ring(cx: Cx, door: usize, visitor: Signals<Visitor>) -> Result<Reply> {
        let rings = RINGS.get(door).ok_or(NotFound)?;
        let name = visitor.name.trim();
        ensure!(!name.is_empty(), name = "Who is there?");
        ensure!(name.chars().count() <= 60, name = "At most 60 characters");
        {
            let mut rings = rings.lock().unwrap_or_else(PoisonError::into_inner);
            rings.insert(0, name.to_owned());
            rings.truncate(5);
        }
        cx.publish(Rang(door));
        Ok(Reply::done())
    }

    /// One door. Who looks at the other one hears nothing of it.
    #[region(on(Rang(door)))]
    pub fn heard(_db: &Db, door: usize) -> Result<Markup> {
        let rings = RINGS.get(door).ok_or(NotFound)?.lock().unwrap_or_else(PoisonError::into_inner).clone();
        Ok(html! {
            @if rings.is_empty() { p { "Nobody has rung yet." } }
            ol { @for name in &rings { li { (name) } } }
        })
    }

    #[page("/", title = "Doorbells")]
    pub fn home() -> Markup {
        html! { main {
            h1 { "Doorbells" }
            label { "Your name" input name="name" autocomplete="nickname" data-bind:name; }
            (field_error(ring::signals().name))
            div class="doors" { @for (number, door) in DOORS.iter().enumerate() {
                section class="door" {
                    header { h2 { (door) } button data-on:click=(ring::action(number)) aria-label={"Ring at: " (door)} { "Ring" } }
                    (heard::region(number))
                }
            } }
        } }
    }
}

orion::main! { slices: [bell] }

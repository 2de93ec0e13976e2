use orion::prelude::*;

#[orion::slice]
pub mod notes {
    use super::*;

    #[topic]
    pub struct Bell(pub i64);

    /// Rendered once for everybody: nothing in its key is about a viewer.
    #[region(on(Bell(room)))]
    pub fn bell(_db: &Db, room: i64) -> Markup {
        html! { p { "The bell of room " (room) } }
    }

    /// Rendered for each viewer, because it takes one.
    #[region(on(Bell(1)))]
    pub fn mine(viewer: &Viewer) -> Markup {
        html! { p { "You are " (viewer.id()) } }
    }
}

//! A role may come from around a slice, which its macro cannot see.

use orion::decl::Access;
use orion::prelude::*;

#[allow(clippy::unnecessary_wraps)]
fn visitor(_db: &Db, viewer: &Viewer) -> Result<bool> {
    Ok(!viewer.id().is_empty())
}

#[orion::slice]
mod notes {
    use super::*;

    #[page("/", allow(visitor))]
    fn home() -> Markup {
        html! { p {} }
    }
}

#[test]
fn a_role_from_around_the_slice_is_found() {
    let Access::Allow(roles) = notes::SLICE.pages[0].access else { panic!("somebody may") };
    assert_eq!(roles[0].name, "visitor");
}

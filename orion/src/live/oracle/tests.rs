use maud::{Markup, html};

use super::*;
use crate::decl::Region;
use crate::live::Args;

static LIST: Region = Region::new("todos", "list", |_| Ok(html! {}));
static MINE: Region = Region::new("todos", "mine", |_| Ok(html! {})).personal();

fn shown(oracle: &Oracle, region: &'static Region, markup: Markup) -> Vec<String> {
    let before = oracle.findings().len();
    oracle.look(&Embed::new(region, Args::new(&())), None, &markup.into_string());
    oracle.findings().split_off(before)
}

fn rows(count: usize) -> Markup {
    html! { ul { @for _ in 0..count { li { button { "x" } } } } }
}

#[test]
fn what_a_morph_does_wrong_is_told_once_for_a_region() {
    let wrong = || html! { p id="a" {} p id="a" {} script src="/x.js" {} form { input name="n"; } };
    let oracle = Oracle::default();
    let found = shown(&oracle, &LIST, wrong());
    assert_eq!(found.len(), 3, "{found:#?}");
    assert_eq!(
        found[2],
        "region `todos::list` has an input without an id, so that what is typed there can end up in another one: \
         <input name=\"n\">\nhelp: write `id=\"…\"`; in a loop with what tells one from the others, `id={\"title-\" (todo.id)}`"
    );
    assert_eq!(shown(&oracle, &LIST, wrong()), [""; 0]);
    assert_eq!(shown(&oracle, &MINE, wrong()).len(), 3);
}

#[test]
fn rows_without_ids_are_told_of_when_they_come_or_go() {
    let oracle = Oracle::default();
    for same in [0, 2, 2, 0, 2] {
        assert_eq!(shown(&oracle, &LIST, rows(same)), [""; 0]);
    }
    let found = shown(&oracle, &LIST, rows(3));
    assert!(found[0].starts_with("region `todos::list` has rows without ids that come and go"), "{found:?}");
    assert_eq!(shown(&oracle, &LIST, rows(2)), [""; 0]);
}

#[test]
fn what_a_morph_does_right_is_left_alone() {
    let oracle = Oracle::default();
    for count in 1..=3 {
        let right = html! {
            ul { @for at in 0..count { li { b { (at) } } } }
            ul { @for at in 0..count { li id={"row-" (at)} { button { "x" } input id={"in-" (at)}; } } }
            ul { @for at in 0..count { li { button id={"b-" (at)} { "x" } } } }
            script type="application/json" { "{}" }
            input type="hidden"; select id="s" {}
        };
        assert_eq!(shown(&oracle, &LIST, right), [""; 0]);
    }
}

#[test]
fn two_viewers_have_two_lists() {
    let oracle = Oracle::default();
    let (anna, ben) = (Viewer::with_id("anna"), Viewer::with_id("ben"));
    let embed = Embed::new(&MINE, Args::new(&()));
    oracle.look(&embed, Some(&anna), &rows(1).into_string());
    oracle.look(&embed, Some(&ben), &rows(2).into_string());
    assert_eq!(oracle.findings(), [""; 0]);
    oracle.look(&embed, Some(&anna), &rows(2).into_string());
    assert_eq!(oracle.findings().len(), 1);
}

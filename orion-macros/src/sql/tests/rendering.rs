//! How an error looks.

use super::{SqlError, refusal};

#[test]
fn the_line_with_the_mistake_is_shown_with_carets_under_it() {
    assert_eq!(
        refusal("select id,\n       titel, -- the text\n       done\nfrom cards"),
        "no such column: titel\n  titel, -- the text\n  ^^^^^\nhelp: did you mean `title`?"
    );
}

#[test]
fn characters_are_counted_and_not_bytes() {
    assert_eq!(
        refusal("select 'größe 😀',\ttitel from cards"),
        "no such column: titel\n  select 'größe 😀', titel from cards\n                    ^^^^^\nhelp: did you mean `title`?"
    );
}

#[test]
fn a_long_line_is_cut_around_the_mistake() {
    let sql = format!("select {}titel{} from cards", "id + ".repeat(40), " + weight".repeat(40));
    let rendered = refusal(&sql);
    let lines: Vec<&str> = rendered.lines().collect();
    assert!(lines[1].starts_with("  …") && lines[1].ends_with('…'), "{rendered}");
    assert!(lines[1].chars().count() < 110, "{rendered}");
    let caret = lines[2].chars().position(|character| character == '^').expect("carets");
    assert!(lines[1].chars().skip(caret).collect::<String>().starts_with("titel"), "{rendered}");
}

#[test]
fn a_piece_of_several_lines_is_marked_on_its_first() {
    let error = SqlError::new("wrong").at(7..20);
    assert_eq!(error.render("select count(\n  *\n) from x"), "wrong\n  select count(\n         ^^^^^^");
}

#[test]
fn without_a_place_there_is_only_the_message_and_the_way_out() {
    assert_eq!(SqlError::new("wrong").help("do it right").render("select"), "wrong\nhelp: do it right");
}

#[test]
fn a_place_that_is_not_in_the_text_is_left_out() {
    assert_eq!(SqlError::new("wrong").at(90..91).render("select"), "wrong");
    assert_eq!(SqlError::new("wrong").at(1..2).render("é"), "wrong");
}

#[test]
fn the_end_of_the_text_can_be_marked() {
    assert_eq!(SqlError::new("wrong").at(6..6).render("select"), "wrong\n  select\n        ^");
}

//! How boards look. Every element that a morph must find again has an id; what somebody types is in signals, so that a
//! change by somebody else never touches it.

use orion::Signal;
use orion::prelude::*;

use super::slice::{Card, Column, Summary, add_card, drop_at_end, drop_before, move_to, remove, rename};
use crate::site;

/// The card that is being edited in this browser; `0` where none is. No command takes it.
pub(super) const EDITED: Signal = Signal::new("editing");

/// What the signals of a board are until somebody does something.
pub(crate) fn drafts() -> String {
    format!("{{{EDITED}: 0, {}: '', {}: 0}}", rename::signals().edit, drop_before::signals().drag)
}

pub(super) fn index(boards: &[Summary]) -> Markup {
    html! {
        @if boards.is_empty() { p class="empty" { "No board yet. Make the first one." } }
        ul class="boards" {
            @for board in boards {
                li id={"board-" (board.id)} {
                    a href=(site::slice::board::path(board.id)) {
                        strong { (board.name) }
                        span { (board.cards) @if board.cards == 1 { " card" } @else { " cards" } }
                    }
                }
            }
        }
    }
}

pub(super) fn lanes(columns: &[Column], cards: &[Card]) -> Markup {
    let drag = drop_before::signals().drag.expr();
    html! {
        div class="lanes" {
            @for (at, column) in columns.iter().enumerate() {
                @let before = at.checked_sub(1).and_then(|at| columns.get(at));
                @let after = columns.get(at + 1);
                section class="lane" id={"column-" (column.id)} aria-labelledby={"column-name-" (column.id)}
                    data-on:dragover={(drag) " && evt.preventDefault()"} data-on:drop__prevent=(drop_at_end::action(column.id)) {
                    h2 id={"column-name-" (column.id)} { (column.name) }
                    ol {
                        @for card in cards.iter().filter(|card| card.column_id == column.id) {
                            (self::card(card, before, after))
                        }
                    }
                    (add(column))
                }
            }
        }
    }
}

fn card(card: &Card, before: Option<&Column>, after: Option<&Column>) -> Markup {
    let id = card.id;
    let drag = drop_before::signals().drag.expr();
    let (edit, edited) = (rename::signals().edit, EDITED.expr());
    let editing = format!("{edited} === {id}");
    html! {
        li class="card" id={"card-" (id)} draggable="true"
            data-on:dragstart={(drag) " = " (id)}
            data-class:dragged={(drag) " === " (id)} data-on:dragend={(drag) " = 0"}
            data-on:dragover={(drag) " && evt.preventDefault()"} data-on:drop__prevent__stop=(drop_before::action(id)) {
            div class="shown" id={"shown-" (id)} data-show={"!(" (editing) ")"} {
                // The title is read from the element: user text is never put into an expression.
                button class="title" id={"title-" (id)} aria-label={"Edit " (card.title)}
                    data-on:click={(edited) " = " (id) "; " (edit.expr()) " = el.textContent; $errors." (edit) " = ''; \
                        setTimeout(() => document.getElementById('edit-" (id) "').focus())"} { (card.title) }
                span class="tools" {
                    @if let Some(column) = before {
                        button id={"back-" (id)} aria-label={"Move to " (column.name)}
                            data-on:click=(move_to::action(id, column.id)) { "←" }
                    }
                    @if let Some(column) = after {
                        button id={"on-" (id)} aria-label={"Move to " (column.name)}
                            data-on:click=(move_to::action(id, column.id)) { "→" }
                    }
                    button id={"remove-" (id)} aria-label="Remove" data-on:click=(remove::action(id)) { "×" }
                }
            }
            form class="editor" id={"editor-" (id)} style="display: none" data-show=(editing) data-on:submit=(rename::action(id)) {
                input id={"edit-" (id)} aria-label="Title" data-bind=(edit)
                    data-on:keydown={"evt.key === 'Escape' && (" (edited) " = 0)"};
                button { "Save" }
                (field_error_of(&edit, id))
            }
        }
    }
}

/// The message of a field that stands on many cards: only one of them is edited at a time.
fn field_error_of(field: &Signal, id: i64) -> Markup {
    html! { p class="orion-error" id={(field) "-error-" (id)} role="alert" style="display: none"
    data-show={"$errors." (field)} data-text={"$errors." (field)} {} }
}

fn add(column: &Column) -> Markup {
    let draft = format!("c{}", column.id);
    html! {
        form class="add" id={"add-" (column.id)} data-on:submit=(add_card::action(column.id)) {
            input id={"new-" (column.id)} aria-label={"New card in " (column.name)} placeholder="Add a card"
                data-bind=(add_card::signals().add.member(&draft));
            button { "Add" }
            (field_error(&draft))
        }
    }
}

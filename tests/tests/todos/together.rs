//! Two people at one list.

use crate::{add, todos, visitor};
use orion_tests::browser::RepaintClock;
use orion_tests::{Browser, Key};
use std::time::Duration;

/// How often the time of a repaint is taken, each way.
const REPAINTS: usize = 10;

#[tokio::test]
async fn two_windows_repaint_each_other() {
    let app = todos().await;
    let browser = Browser::start().await;
    let (anna, ben) = (visitor(&browser, &app).await, visitor(&browser, &app).await);
    ben.wait_text("#todos-list", "0 remaining").await;
    add(&anna, "Buy milk").await;
    ben.wait_texts("#todos-list li", &["Buy milk"]).await;
    anna.wait_text("#todos-list", "1 remaining").await;
    anna.wait_value("input", "").await;
    ben.click("#todo-1 button").await;
    anna.wait_text("#todos-list", "0 remaining").await;

    let (mut changed, mut painted) = (Vec::new(), Vec::new());
    for round in 0..REPAINTS {
        for (actor, viewer) in [(&anna, &ben), (&ben, &anna)] {
            let title =
                format!("{} of round {round}", if changed.len() % 2 == 0 { "first" } else { "second" });
            let clock = RepaintClock::arm(actor, viewer, "#todos-list", &title).await;
            add(actor, &title).await;
            let repaint = clock.read().await;
            changed.push(repaint.changed);
            painted.push(repaint.painted);
        }
    }
    println!("from the click in one window until the other {}", spread("had changed", changed));
    println!("from the click in one window until the other {}", spread("was painted", painted));
    assert_eq!(anna.texts("#todos-list li").await, ben.texts("#todos-list li").await);
    assert_eq!(anna.console_errors().await, [""; 0]);
    assert_eq!(ben.console_errors().await, [""; 0]);
}

fn spread(what: &str, mut times: Vec<Duration>) -> String {
    times.sort();
    let (median, max) = (times[times.len() / 2], times[times.len() - 1]);
    format!("{what}: median {median:.1?}, at most {max:.1?}, of {}", times.len())
}

#[tokio::test]
async fn a_todo_is_done_and_undone_by_keyboard_and_keeps_the_focus() {
    let app = todos().await;
    let anna = visitor(&Browser::start().await, &app).await;
    anna.type_into("input", "Buy milk").await;
    anna.press(Key::Enter).await;
    anna.wait_texts("#todos-list li", &["Buy milk"]).await;
    // From the field to its button, and on to the first todo.
    anna.press(Key::Tab).await;
    anna.press(Key::Tab).await;
    assert!(anna.is_focused("#todo-1 button").await);
    for (key, pressed, remaining) in
        [(Key::Space, "true", "0 remaining"), (Key::Enter, "false", "1 remaining")]
    {
        anna.press(key).await;
        anna.wait_text("#todos-list [role=status]", remaining).await;
        assert_eq!(anna.attribute("#todo-1 button", "aria-pressed").await.as_deref(), Some(pressed));
        assert!(anna.is_focused("#todo-1 button").await, "after {pressed}");
    }
}

//! What the shelf holds fast.

use std::sync::Weak;

use bytes::Bytes;

use super::*;
use crate::live::coding::frame::Source;

fn text(length: usize) -> Arc<Text> {
    Text::new(Source::Ping, Bytes::from(vec![b'x'; length]))
}

#[test]
fn a_text_that_is_named_is_kept_and_one_that_is_not_goes_soon() {
    let shelf = Shelf::new(16 << 20);
    let put = |length| {
        let text = text(length);
        let name = Arc::downgrade(&text);
        shelf.keep(&text);
        name
    };
    let named = put(10);
    for _ in 0..100 {
        drop(put(10));
    }
    assert!(named.upgrade().is_some());
    assert!(shelf.texts.lock().unwrap().texts.len() < 5);
}

#[test]
fn it_holds_no_more_than_its_bytes_and_texts_whatever_is_named() {
    let shelf = Shelf::new(16 << 20);
    let named: Vec<Weak<Text>> = (0..40)
        .map(|_| {
            let text = text(1 << 20);
            shelf.keep(&text);
            Arc::downgrade(&text)
        })
        .collect();
    let kept = named.iter().filter(|name| name.strong_count() > 0).count();
    assert_eq!(kept, 16);
    let small: Vec<Weak<Text>> = (0..10_000)
        .map(|_| {
            let text = text(1);
            shelf.keep(&text);
            Arc::downgrade(&text)
        })
        .collect();
    assert!(small.iter().filter(|name| name.strong_count() > 0).count() <= MOST_TEXTS);
    shelf.keep(&text(17 << 20));
    let texts = shelf.texts.lock().unwrap();
    assert!(texts.bytes <= 16 << 20);
    assert_eq!(texts.bytes, texts.texts.iter().map(|text| text.bytes.len()).sum::<usize>());
}

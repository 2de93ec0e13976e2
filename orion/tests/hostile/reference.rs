//! References of pages to their regions: which are believed.

use std::sync::LazyLock;

use orion::decl::Region;
use orion::live::{Args, Embed, References};
use orion::maud::html;
use orion::{Signer, Viewer};

const CARDS: Region = Region::new("board", "cards", |_| Ok(html! {}));

static REFERENCES: LazyLock<References> = LazyLock::new(|| {
    References::new(Signer::new(&[[7; 32]]).expect("it is long enough"), "1".to_owned(), [&CARDS])
});

/// A short one and one that is deflated, as they are written with this key: what is changed is nearly right.
pub(crate) static RIGHT: LazyLock<[&'static [u8]; 2]> = LazyLock::new(|| {
    [1, 100].map(|count| {
        let regions: Vec<_> = (0..count).map(|id| Embed::new(&CARDS, Args::new(&(id,)))).collect();
        let token = REFERENCES.write(&Viewer::with_id("ada"), &regions).expect("it is short enough");
        &*Vec::leak(token.into_bytes())
    })
});

/// Only what was written is read, and for whom it was written; any arguments come back as they were.
pub(crate) fn gate(bytes: &[u8]) {
    let (ada, eve) = (Viewer::with_id("ada"), Viewer::with_id("eve"));
    let token = &*String::from_utf8_lossy(bytes);
    assert_eq!(REFERENCES.read(&ada, token).is_ok(), RIGHT.contains(&token.as_bytes()), "{token}");
    assert!(REFERENCES.read(&eve, token).is_err(), "{token}");

    let page = [Embed::new(&CARDS, Args::new(&(token, bytes.len())))];
    let Ok(written) = REFERENCES.write(&ada, &page) else {
        assert!(bytes.len() > 1000, "so little fits into an address");
        return;
    };
    let read = REFERENCES.read(&ada, &written).expect("it was written for ada");
    assert_eq!(read.regions.iter().map(ToString::to_string).collect::<Vec<_>>(), [page[0].to_string()]);
    assert!(REFERENCES.read(&eve, &written).is_err());
}

//! Compiles and runs every block of the guide as a documentation test: a chapter that is false does not pass.

macro_rules! chapters {
    ($($name:ident: $file:literal),* $(,)?) => {$(
        #[cfg(doctest)]
        #[doc = include_str!(concat!("src/", $file))]
        mod $name {}
    )*};
}

chapters! {
    introduction: "introduction.md",
    first_slice: "first-slice.md",
    regions: "regions.md",
    commands: "commands.md",
    store: "store.md",
    live: "live.md",
    testing: "testing.md",
}

#[cfg(test)]
#[allow(unreachable_pub, reason = "an application says `pub` of what its slice offers")]
mod readme {
    include!(concat!(env!("OUT_DIR"), "/readme.rs"));

    #[tokio::test]
    async fn the_readmes_application_starts() {
        let app = orion::testing::TestApp::start(app()).await;
        app.browser().get("/").await.expect_status(200..=200);
    }
}

#[cfg(test)]
mod includes {
    use std::fs;
    use std::path::Path;

    #[test]
    fn every_file_that_a_chapter_includes_is_there() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
        let mut seen = 0;
        for chapter in fs::read_dir(&folder).unwrap() {
            let chapter = chapter.unwrap().path();
            let text = fs::read_to_string(&chapter).unwrap();
            for include in text.split("{{#include ").skip(1) {
                let path = include.split_once("}}").unwrap().0;
                assert!(folder.join(path).is_file(), "{} includes {path}", chapter.display());
                seen += 1;
            }
        }
        assert!(seen > 0);
    }
}

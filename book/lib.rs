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
    performance: "performance.md",
    security: "security.md",
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

/// The programs of "What the macros write": the expansions beside them are compared by the macros' own tests.
#[cfg(test)]
#[allow(
    unreachable_pub,
    dead_code,
    missing_docs,
    reason = "an application says `pub` of what its slice offers"
)]
mod shown {
    mod query {
        include!("src/macros/query.rs");
    }
    mod command {
        include!("src/macros/command.rs");
    }
    mod region {
        include!("src/macros/region.rs");
    }
    mod page {
        include!("src/macros/page.rs");
    }
    mod main {
        include!("src/macros/main.rs");
    }
}

#[cfg(test)]
mod includes {
    use std::fs;
    use std::path::{Path, PathBuf};

    #[test]
    fn every_file_that_a_chapter_includes_is_there() {
        let mut seen = 0;
        for chapter in chapters(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src")) {
            let text = fs::read_to_string(&chapter).unwrap();
            for include in text.split("{{#include ").skip(1) {
                // What follows the first colon is a range of lines.
                let path = include.split(['}', ':']).next().unwrap();
                let file = chapter.parent().unwrap().join(path);
                assert!(file.is_file(), "{} includes {path}", chapter.display());
                seen += 1;
            }
        }
        assert!(seen > 0);
    }

    fn chapters(folder: &Path) -> Vec<PathBuf> {
        let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
        let (folders, files): (Vec<_>, Vec<_>) = entries.partition(|path| path.is_dir());
        let mut chapters: Vec<_> = folders.iter().flat_map(|folder| chapters(folder)).collect();
        chapters.extend(files.into_iter().filter(|file| file.extension().is_some_and(|ext| ext == "md")));
        chapters
    }
}

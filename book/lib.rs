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

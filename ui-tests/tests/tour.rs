//! Whole programs of a newcomer, each with some mistakes: the messages, and that the mended ones are mended.

#[test]
fn a_newcomers_mistakes_are_told() {
    trybuild::TestCases::new().compile_fail("tour/*.rs");
}

macro_rules! mended {
    ($($name:ident),* $(,)?) => {$(
        #[allow(unreachable_pub, dead_code, missing_docs, reason = "an application says `pub` of what its slice offers")]
        mod $name {
            include!(concat!("../tour/mended/", stringify!($name), ".rs"));

            #[tokio::test]
            async fn works() {
                let app = orion::testing::TestApp::start(app()).await;
                app.browser().get("/").await.expect_status(200..=200);
            }
        }
    )*};
}

mended! { accounts, admin, chat, clock, counter, draft, guest_book, notes, shop, two_homes }

//! A new secret: whoever was here before stays who they are, and what the former secret signed is signed again while it still holds.

use crate::todos;
use orion_tests::App;

const OLD: &str = "an old secret of more than 32 characters";
const NEW: &str = "a new secret of more than 32 characters.";

/// The same application on the same file, with these secrets; the first is the newest.
async fn with(app: &mut App, secret: &str, former: &[&str]) {
    app.set_env("ORION_SECRET", secret);
    app.set_env("ORION_FORMER_SECRETS", format!("{former:?}"));
    app.kill9();
    app.restart().await;
}

#[tokio::test]
async fn a_viewer_outlives_a_secret_that_is_rotated_and_a_page_goes_on() {
    let mut app = todos().env("ORION_SECRET", OLD).start().await;
    let visitor = app.client();
    let path = visitor.live("/").await;
    let cookie = visitor.cookie("orion_viewer").unwrap();
    let id = cookie.split('.').next().unwrap().to_owned();

    with(&mut app, NEW, &[OLD]).await;
    assert_eq!(visitor.get(&path).stream().await.status, 200, "a page that is open goes on");
    let page = visitor.live("/").await;
    let signed_again = visitor.cookie("orion_viewer").unwrap();
    assert_ne!(signed_again, cookie);
    assert_eq!(signed_again.split('.').next(), Some(id.as_str()), "it is the same viewer");

    with(&mut app, NEW, &[]).await;
    assert_eq!(visitor.get(&page).stream().await.status, 200, "what was signed since then holds");
    assert_eq!(visitor.get(&path).stream().await.status, 204, "what the former secret signed has expired");
    let late = app.client();
    let answer = late.get("/").header("cookie", &format!("orion_viewer={cookie}")).send().await;
    assert!(!answer.header("set-cookie").contains(&id), "who comes too late is somebody new");
}

#[tokio::test]
async fn the_secret_of_the_database_can_be_a_former_one() {
    let mut app = todos().start().await;
    let visitor = app.client();
    let path = visitor.live("/").await;
    with(&mut app, NEW, &["database"]).await;
    assert_eq!(visitor.get(&path).stream().await.status, 200);
    with(&mut app, NEW, &[]).await;
    assert_eq!(visitor.get(&path).stream().await.status, 204);
}

#[tokio::test]
async fn a_cookie_that_was_altered_makes_a_new_viewer() {
    let app = todos().start().await;
    let visitor = app.client();
    visitor.get("/").send().await;
    let cookie = visitor.cookie("orion_viewer").unwrap();
    let (id, tag) = cookie.split_once('.').unwrap();
    let other = app.client();
    other.get("/").send().await;
    let others_tag = other.cookie("orion_viewer").unwrap().split_once('.').unwrap().1.to_owned();
    for forged in [
        id.to_owned(),
        format!("{id}."),
        format!("{id}.{others_tag}"),
        format!("a{cookie}"),
        format!("{cookie}A"),
        format!(".{tag}"),
    ] {
        let answer = app.client().get("/").header("cookie", &format!("orion_viewer={forged}")).send().await;
        let set = answer.header("set-cookie");
        assert!(set.starts_with("orion_viewer=") && !set.contains(id), "{forged}: {set}");
        assert!(set.contains("HttpOnly") && set.contains("SameSite=Lax"), "{set}");
    }
    let secure = app.client().get("/").header("x-forwarded-proto", "https").send().await;
    assert!(secure.header("set-cookie").contains("; Secure"), "over https it goes over https only");
}

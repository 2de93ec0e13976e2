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

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
mod readme {}

//! Tables that are watched by a key, from the macro to the screen.

#![allow(unreachable_pub, missing_docs, reason = "an application says `pub` of what its slice offers")]

mod property;
mod streams;

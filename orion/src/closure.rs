//! What holds over all slices of an application, and no slice can know of itself. The same judgement in constants, where
//! `orion::main!` asks for it, and when an application that was put together by hand starts.

mod change;
mod conflict;
mod reached;
pub(crate) mod resolve;
mod route;
mod uses;

pub use uses::refers;

use crate::constant::Message;
use crate::decl::Slice;

/// Judges the slice at `at`: against those before it, and in the company of all.
///
/// # Panics
/// In a constant, which fails the compilation, with what is wrong and the way out.
#[track_caller]
pub const fn entry(slices: &[&'static Slice], at: usize) {
    if let Some(message) = mistake(slices, at) {
        message.panic();
    }
}

/// The first thing that is wrong with the slice at `at`. One only: a slice that is listed twice has all of its tables and
/// routes twice as well.
pub(crate) const fn mistake(slices: &[&'static Slice], at: usize) -> Option<Message> {
    // What is wrong with one of them was said, and may be all that is wrong here.
    let mut any = 0;
    while any < slices.len() {
        if slices[any].broken {
            return None;
        }
        any += 1;
    }
    if let Some(message) = conflict::within(slices[at]) {
        return Some(message);
    }
    // The names first: a slice that is listed twice has its tables and routes twice, and not only with itself.
    let mut named = 0;
    while named < at {
        if let Some(message) = conflict::names(slices[named], slices[at]) {
            return Some(message);
        }
        named += 1;
    }
    let mut other = 0;
    while other < at {
        if let Some(message) = conflict::between(slices[other], slices[at]) {
            return Some(message);
        }
        other += 1;
    }
    if let Some(message) = conflict::reserved(slices[at]) {
        return Some(message);
    }
    if let Some(message) = uses::mistake(slices, at) {
        return Some(message);
    }
    if let Some(message) = reached::mistake(slices, at) {
        return Some(message);
    }
    change::mistake(slices, slices[at])
}

/// As [`mistake`], for a list that a constant has not seen.
pub(crate) fn check(slices: &[&'static Slice]) -> Result<(), String> {
    match (0..slices.len()).find_map(|at| mistake(slices, at)) {
        Some(message) => Err(message.text().to_owned()),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests;

//! What was written for a slice before: rustc remembers everything of the last compilation but what macros did, so a slice
//! that nobody touched is looked up here instead of being proven again.
//!
//! *Invariant:* an expansion is recalled for the very tokens, options, files and macros from which it was made, compared text by
//! text; with the places of the tokens as they are now. It is kept where rustc keeps its own memory, and only where rustc keeps one:
//! not in release builds, not under `CARGO_INCREMENTAL=0`, not in an editor. Whatever cannot be kept or read is made again.

mod bytes;
mod decode;
mod encode;
mod file;
mod input;
mod places;
mod seen;

use std::path::PathBuf;

use proc_macro2::TokenStream;

use input::Input;

/// The place of one slice in the memory.
pub(crate) struct Memory {
    file: PathBuf,
    /// Everything that the expansion is made from.
    seen: String,
    before: Before,
}

/// What is in the memory.
enum Before {
    Nothing,
    /// A slice that was another.
    Another,
    /// The same slice; what was made of it is empty where it was not kept yet.
    Same(Vec<u8>),
}

impl Memory {
    /// `None` where nothing is kept.
    pub(crate) fn of(args: &TokenStream, item: &TokenStream) -> Option<Self> {
        let file = file::of(item)?;
        let seen = seen::all(args, item)?;
        let before = file::read(&file, &seen);
        Some(Self { file, seen, before })
    }

    /// What was written for the same slice, if it was.
    pub(crate) fn recall(&self, args: &TokenStream, item: &TokenStream) -> Option<TokenStream> {
        let Before::Same(made) = &self.before else { return None };
        decode::expansion(made, [args, item])
    }

    /// Keeps what was written. A slice that is being worked on is only noted, and kept once it rests: most of what it is now
    /// nobody will ask for. One that cannot be kept is noted as that, and made each time.
    pub(crate) fn keep(&self, args: &TokenStream, item: &TokenStream, expansion: &TokenStream) {
        let made = match &self.before {
            Before::Another => Vec::new(),
            Before::Same(made) if !made.is_empty() => return,
            Before::Nothing | Before::Same(_) => {
                encode::expansion(Input::new([args, item]), expansion).unwrap_or_else(|| vec![0])
            }
        };
        file::write(&self.file, &self.seen, &made);
    }
}

#[cfg(test)]
mod tests;

//! An embed: a region put into a page, or into another region.

use std::fmt;

use crate::decl::Region;
use crate::live::Args;

/// A region with its arguments, ready to be put into markup: `(list::region())`.
#[derive(Debug, Clone)]
#[must_use = "a region is shown where it is put into markup: `(list::region())`"]
pub struct Embed {
    pub(crate) region: &'static Region,
    pub(crate) args: Args,
}

impl Embed {
    /// The region with these arguments.
    pub fn new(region: &'static Region, args: Args) -> Self {
        Self { region, args }
    }
}

/// Names the region and its arguments for a person: ``region `board::cards` with [7]``.
impl fmt::Display for Embed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "region `{}::{}`", self.region.slice, self.region.name)?;
        match self.args.as_str() {
            "[]" => Ok(()),
            args if args.len() <= 200 => write!(f, " with {args}"),
            args => write!(f, " with {} bytes of arguments", args.len()),
        }
    }
}

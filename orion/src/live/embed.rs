//! An embed: a region put into a page, or into another region.

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

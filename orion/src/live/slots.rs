//! Slots: where embeds stand in markup until they are rendered.
//!
//! Markup is built inside out and by plain functions, so an embed cannot be rendered where it is written: it leaves a mark,
//! and the mark is replaced when the function has returned. The mark holds 128 random bits that were drawn after the
//! request came in, so no text of a user's can be one.

use std::cell::RefCell;
use std::fmt::Write as _;

use maud::Render;

use crate::error::{Error, Result};
use crate::live::Embed;

thread_local! {
    /// The slots of what is being rendered on this thread; the innermost last.
    static OPEN: RefCell<Vec<Slots>> = const { RefCell::new(Vec::new()) };
}

/// The embeds that were written while one function ran.
#[derive(Default)]
pub(super) struct Slots {
    /// How every mark of these slots begins; drawn when the first one is written.
    mark: Option<String>,
    embeds: Vec<Embed>,
}

/// Writes a mark for the region. Outside of pages and regions, where nobody would replace it, that is said instead, in
/// the markup and in the log: a page that shows the sentence is easier to repair than one that lacks a part.
impl Render for Embed {
    fn render_to(&self, buffer: &mut String) {
        let marked =
            OPEN.with_borrow_mut(|open| open.last_mut().is_some_and(|slots| slots.write(self, buffer)));
        if !marked {
            let sentence = format!("{self} is shown outside a page");
            tracing::error!("{sentence}");
            sentence.render_to(buffer);
        }
    }
}

/// Runs `f` and returns what it embedded.
pub(super) fn collect<T>(f: impl FnOnce() -> T) -> (T, Slots) {
    /// Closes the slots also when `f` panics: else the next render on this thread would write into them.
    struct Close;
    impl Drop for Close {
        fn drop(&mut self) {
            OPEN.with_borrow_mut(Vec::pop);
        }
    }
    OPEN.with_borrow_mut(|open| open.push(Slots::default()));
    let close = Close;
    let value = f();
    let slots = OPEN.with_borrow_mut(|open| open.last_mut().map(std::mem::take)).unwrap_or_default();
    drop(close);
    (value, slots)
}

impl Slots {
    /// Writes a mark; `false` if the system has no randomness to make one from.
    fn write(&mut self, embed: &Embed, buffer: &mut String) -> bool {
        if self.mark.is_none() {
            let mut random = [0; 16];
            if getrandom::fill(&mut random).is_err() {
                return false;
            }
            self.mark = Some(format!("[orion:{:032x}:", u128::from_be_bytes(random)));
        }
        let mark = self.mark.as_deref().unwrap_or_default();
        let _ = write!(buffer, "{mark}{}]", self.embeds.len());
        self.embeds.push(embed.clone());
        true
    }

    /// Whether there is a mark in `html`.
    pub(super) fn first_in(&self, html: &str) -> Option<&Embed> {
        let mark = self.mark.as_deref()?;
        let at = html.find(mark)?;
        self.read(&html[at + mark.len()..]).map(|(embed, _)| embed)
    }

    /// Replaces each mark in `html`, in order, by what `render` makes of its embed.
    pub(super) fn splice(
        &self,
        html: String,
        mut render: impl FnMut(&Embed) -> Result<String>,
    ) -> Result<String> {
        let Some(mark) = self.mark.as_deref() else { return Ok(html) };
        let mut spliced = String::with_capacity(2 * html.len());
        let mut rest = html.as_str();
        let mut in_tag = false;
        while let Some(at) = rest.find(mark) {
            let (before, after) = (&rest[..at], &rest[at + mark.len()..]);
            // A mark that does not end was cut by the application itself.
            let (embed, after) =
                self.read(after).ok_or_else(|| Error::internal("the markup of a region was cut in two"))?;
            // maud escapes both of these in text and in attributes: one that is left is a tag's.
            if let Some(last) = before.rfind(['<', '>']) {
                in_tag = before[last..].starts_with('<');
            }
            if in_tag {
                return Err(Error::internal(format!(
                    "{embed} must stand between elements, not inside a tag"
                )));
            }
            spliced.push_str(before);
            spliced.push_str(&render(embed)?);
            rest = after;
        }
        spliced.push_str(rest);
        Ok(spliced)
    }

    /// Reads the rest of a mark: which embed it is, and the text behind it.
    fn read<'a>(&self, after: &'a str) -> Option<(&Embed, &'a str)> {
        let (number, rest) = after.split_once(']')?;
        Some((self.embeds.get(number.parse::<usize>().ok()?)?, rest))
    }
}

#[cfg(test)]
mod tests {
    use maud::html;

    use super::*;
    use crate::decl::Region;
    use crate::live::Args;

    const LIST: Region = Region::new("todos", "list", |_| Ok(html! {}));

    fn list(id: i64) -> Embed {
        Embed::new(&LIST, Args::new(&(id,)))
    }

    #[allow(clippy::unnecessary_wraps)] // As what it stands for.
    fn show(embed: &Embed) -> Result<String> {
        Ok(format!("<{}>", embed.args.as_str()))
    }

    #[test]
    fn each_mark_becomes_its_region() {
        let (markup, slots) = collect(|| html! { p { "a" } (list(1)) "b" (list(2)) });
        assert_eq!(slots.splice(markup.into_string(), show).unwrap(), "<p>a</p><[1]>b<[2]>");
    }

    #[test]
    fn text_that_looks_like_a_mark_stays_text() {
        let stolen = collect(|| html! { (list(1)) }).0.into_string();
        let (markup, slots) = collect(|| html! { (stolen) "[orion:" (list(2)) "[orion:0:0]" });
        let html = slots.splice(markup.into_string(), show).unwrap();
        assert_eq!(html, format!("{stolen}[orion:<[2]>[orion:0:0]"));
    }

    #[test]
    fn what_is_collected_inside_belongs_to_the_inside_and_a_panic_closes_it() {
        let (markup, slots) = collect(|| {
            let (_, inner) = collect(|| html! { (list(1)) }.into_string());
            assert_eq!(inner.embeds.len(), 1);
            let caught = std::panic::catch_unwind(|| collect(|| panic!("as regions do")));
            assert!(caught.is_err());
            html! { (list(2)) }
        });
        assert_eq!(slots.splice(markup.into_string(), show).unwrap(), "<[2]>");
    }

    #[test]
    fn a_region_inside_a_tag_is_refused() {
        let (markup, slots) = collect(|| html! { p title="1 > 0" { (list(1)) } p class=(list(2)) {} });
        assert_eq!(
            slots.splice(markup.into_string(), show).unwrap_err().to_string(),
            "region `todos::list` with [2] must stand between elements, not inside a tag"
        );
    }

    #[test]
    fn a_cut_mark_is_refused() {
        let (markup, slots) = collect(|| html! { (list(1)) });
        let mut html = markup.into_string();
        html.pop();
        assert_eq!(
            slots.splice(html, show).unwrap_err().to_string(),
            "the markup of a region was cut in two"
        );
    }

    #[test]
    fn outside_a_page_the_markup_says_so() {
        assert_eq!(
            html! { (list(1)) }.into_string(),
            "region `todos::list` with [1] is shown outside a page"
        );
    }
}

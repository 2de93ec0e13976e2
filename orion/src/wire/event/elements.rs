//! `datastar-patch-elements`: morphs, inserts or removes elements of the document.

use std::borrow::Cow;
use std::time::Duration;

use maud::PreEscaped;
use serde::Deserialize;

use super::{Head, PATCH_ELEMENTS};
use crate::wire::encode::{self, Buffer, Encode};

/// Where the elements of a patch go.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Mode {
    /// Morphs the target, keeping its state. The target is the element with the same id, unless there is a selector.
    #[default]
    Outer,
    /// Morphs the target's children. Needs a selector.
    Inner,
    /// Puts a new element in the place of the target. The target is the element with the same id, unless there is a selector.
    Replace,
    /// Inserts before the target's first child. Needs a selector.
    Prepend,
    /// Inserts after the target's last child. Needs a selector.
    Append,
    /// Inserts before the target. Needs a selector.
    Before,
    /// Inserts after the target. Needs a selector.
    After,
    /// Removes every target. Needs a selector.
    Remove,
}

impl Mode {
    /// The mode's name on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Outer => "outer",
            Self::Inner => "inner",
            Self::Replace => "replace",
            Self::Prepend => "prepend",
            Self::Append => "append",
            Self::Before => "before",
            Self::After => "after",
            Self::Remove => "remove",
        }
    }
}

/// The XML namespace that the elements of a patch are created in.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Namespace {
    /// HTML.
    #[default]
    Html,
    /// SVG: for elements that belong inside an `<svg>`.
    Svg,
    /// `MathML`: for elements that belong inside a `<math>`.
    MathMl,
}

impl Namespace {
    /// The namespace's name on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Html => "html",
            Self::Svg => "svg",
            Self::MathMl => "mathml",
        }
    }
}

/// Changes the document: complete elements, found by their ids or by a selector.
///
/// Takes markup only, so that text from a person cannot get in without being escaped. Line breaks of the markup, whether LF,
/// CRLF or CR, reach the document as LF.
///
/// ```
/// use maud::html;
/// use orion::wire::{Encode, Mode, PatchElements};
///
/// let row = PatchElements::new(html! { li { "Milk" } }).selector("#list").mode(Mode::Append);
/// assert_eq!(
///     row.encode(),
///     "event: datastar-patch-elements\ndata: selector #list\ndata: mode append\ndata: elements <li>Milk</li>\n\n",
/// );
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[must_use = "a patch does nothing until it is sent"]
pub struct PatchElements<'a> {
    head: Head<'a>,
    selector: Option<Cow<'a, str>>,
    mode: Mode,
    use_view_transition: bool,
    view_transition_selector: Option<Cow<'a, str>>,
    namespace: Namespace,
    elements: Cow<'a, str>,
}

impl<'a> PatchElements<'a> {
    /// Morphs each element into the one that has its id.
    pub fn new(elements: PreEscaped<impl Into<Cow<'a, str>>>) -> Self {
        Self { elements: elements.0.into(), ..Self::default() }
    }

    /// Removes whatever `selector` finds.
    pub fn remove(selector: impl Into<Cow<'a, str>>) -> Self {
        Self::default().selector(selector).mode(Mode::Remove)
    }

    /// Patches whatever this CSS selector finds. A line break in it becomes a blank.
    pub fn selector(self, selector: impl Into<Cow<'a, str>>) -> Self {
        Self { selector: Some(encode::selector(selector.into())), ..self }
    }

    /// Says where the elements go: [`Mode::Outer`] unless said.
    pub fn mode(self, mode: Mode) -> Self {
        Self { mode, ..self }
    }

    /// Runs the patch in a view transition where the browser has them.
    pub fn use_view_transition(self, yes: bool) -> Self {
        Self { use_view_transition: yes, ..self }
    }

    /// Confines the view transition to what this CSS selector finds first; nothing without
    /// [`use_view_transition`](Self::use_view_transition). A line break in it becomes a blank.
    pub fn view_transition_selector(self, selector: impl Into<Cow<'a, str>>) -> Self {
        Self { view_transition_selector: Some(encode::selector(selector.into())), ..self }
    }

    /// Says which namespace the elements are created in: [`Namespace::Html`] unless said.
    pub fn namespace(self, namespace: Namespace) -> Self {
        Self { namespace, ..self }
    }

    /// Sets the id that a client sends back as `last-event-id` when it reconnects. Line breaks and NUL are taken out.
    pub fn id(mut self, id: impl Into<Cow<'a, str>>) -> Self {
        self.head.id = Some(encode::id(id.into()));
        self
    }

    /// Sets how long a client waits before it reconnects, as [`Retry`](super::Retry) does; 1 s, the default, is not written.
    pub fn retry(mut self, wait: Duration) -> Self {
        self.head.retry = Some(wait);
        self
    }
}

impl Encode for PatchElements<'_> {
    fn encode_into(&self, out: &mut impl Buffer) {
        self.head.encode_into(PATCH_ELEMENTS, out);
        if let Some(selector) = &self.selector {
            encode::line(out, "data: selector ", selector);
        }
        if self.mode != Mode::Outer {
            encode::line(out, "data: mode ", self.mode.as_str());
        }
        if self.use_view_transition {
            encode::line(out, "data: useViewTransition ", "true");
            if let Some(selector) = &self.view_transition_selector {
                encode::line(out, "data: viewTransitionSelector ", selector);
            }
        }
        if self.namespace != Namespace::Html {
            encode::line(out, "data: namespace ", self.namespace.as_str());
        }
        encode::data(out, "elements ", &self.elements);
        out.put("\n");
    }
}

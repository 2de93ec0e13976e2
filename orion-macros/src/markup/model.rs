//! What stands in `html! { … }`.

use proc_macro2::{TokenStream, TokenTree};
use syn::LitStr;

/// One thing in a block of markup.
pub(super) enum Node {
    Element(Element),
    /// `@for` or `@while`: what is repeated.
    Loop(Loop),
    /// A block, or what stands under `@if` and `@match`: as if it stood here.
    Block(Vec<Node>),
    /// Rust code: a splice, a condition, a `@let`.
    Code(TokenStream),
}

pub(super) struct Loop {
    /// Between `@for` and `in`.
    pub(super) pattern: TokenStream,
    /// From `in` to the braces.
    pub(super) over: TokenStream,
    pub(super) body: Vec<Node>,
}

pub(super) struct Element {
    /// `div` where only a class or an id is written.
    pub(super) name: String,
    /// The first token of it.
    pub(super) at: TokenTree,
    pub(super) attributes: Vec<Attribute>,
    pub(super) body: Vec<Node>,
}

/// `name="value"`, `#name`; classes are left out.
pub(super) struct Attribute {
    pub(super) name: String,
    /// The tokens of the name.
    pub(super) at: TokenStream,
    /// Those after its first colon.
    pub(super) key: TokenStream,
    pub(super) value: Vec<Part>,
}

/// A piece of an attribute's value.
pub(super) enum Part {
    Text(LitStr),
    Code(TokenStream),
}

impl Element {
    pub(super) fn attribute(&self, name: &str) -> Option<&Attribute> {
        self.attributes.iter().find(|attribute| attribute.name == name)
    }
}

impl Attribute {
    /// The value, where it is one literal.
    pub(super) fn literal(&self) -> Option<&LitStr> {
        match &self.value[..] {
            [Part::Text(text)] => Some(text),
            _ => None,
        }
    }
}

/// Everything in `nodes`, outermost first.
pub(super) fn each<'a>(nodes: &'a [Node], visit: &mut dyn FnMut(&'a Node)) {
    for node in nodes {
        visit(node);
        match node {
            Node::Element(Element { body, .. }) | Node::Loop(Loop { body, .. }) | Node::Block(body) => {
                each(body, visit);
            }
            Node::Code(_) => {}
        }
    }
}

//! The tokens that the macro was given, so that each can be named by its place. A group is opened only where something in it
//! is named: most bodies never are.

use std::collections::HashMap;

use proc_macro2::{Delimiter, TokenStream, TokenTree};

use super::places::{Place, Shown};

/// The tokens by their places.
pub(super) struct Input {
    groups: Vec<Opened>,
    /// The first token at each place that is known so far.
    known: HashMap<(usize, usize), Place>,
    /// By whose rules names are looked up in all of them.
    pub(super) context: usize,
}

/// A group whose tokens can be named.
struct Opened {
    /// Where it is; none of the macro's two inputs.
    at: Option<Place>,
    tokens: Vec<TokenTree>,
    shown: Vec<Shown>,
}

impl Input {
    /// `None` where they come from several macros, or are grouped in a way that text does not show.
    pub(super) fn new(inputs: [&TokenStream; 2]) -> Option<Self> {
        let context = inputs.iter().find_map(|&input| input.clone().into_iter().next())?;
        let context = Shown::of(context.span())?.context;
        let mut input = Self { groups: Vec::new(), known: HashMap::new(), context };
        for tokens in inputs {
            input.open(None, tokens.clone())?;
        }
        Some(input)
    }

    fn open(&mut self, at: Option<Place>, tokens: TokenStream) -> Option<()> {
        let group = self.groups.len();
        let (tokens, mut shown): (Vec<_>, _) = (tokens.into_iter().collect(), Vec::new());
        for (child, token) in tokens.iter().enumerate() {
            let place = Shown::of(token.span())?;
            if place.context != self.context || is_invisible(token) {
                return None;
            }
            self.known.entry((place.start, place.end)).or_insert(Place { group, child });
            shown.push(place);
        }
        self.groups.push(Opened { at, tokens, shown });
        Some(())
    }

    /// The token there, of which there are several where one comment became an attribute.
    pub(super) fn find(&mut self, shown: &Shown) -> Option<Place> {
        loop {
            if let Some(&place) = self.known.get(&(shown.start, shown.end)) {
                return Some(place);
            }
            let (at, tokens) = self.around(shown)?;
            self.open(Some(at), tokens)?;
        }
    }

    /// As [`find`](Self::find), for one mark of an operator: the compiler gives each its part of the operator's span where that is
    /// as long by chance, `I` and `d` for the `::` that was put at `Id`.
    pub(super) fn find_mark(&mut self, shown: &Shown) -> Option<Place> {
        let whole = |length| (0..length).filter_map(move |at| Some((shown.start.checked_sub(at)?, length)));
        self.find(shown).or_else(|| {
            let mut spans = (2..=3).flat_map(whole).map(|(start, length)| (start, start + length));
            spans.find_map(|span| self.known.get(&span).copied())
        })
    }

    /// The group that the place is in, of those that are not open yet.
    fn around(&self, shown: &Shown) -> Option<(Place, TokenStream)> {
        let mut found = None;
        for (group, opened) in self.groups.iter().enumerate() {
            // Later groups are inside of earlier ones.
            let after = opened.shown.partition_point(|token| token.start <= shown.start);
            let Some(child) = after.checked_sub(1) else { continue };
            if let TokenTree::Group(inner) = &opened.tokens[child]
                && shown.end <= opened.shown[child].end
            {
                found = Some((Place { group, child }, inner));
            }
        }
        let (at, inner) = found?;
        let is_open = self.groups.iter().any(|opened| opened.at == Some(at));
        (!is_open).then(|| (at, inner.stream()))
    }

    /// The tokens at this one's place, from it on.
    pub(super) fn at(&self, place: Place) -> impl Iterator<Item = (Place, &TokenTree)> {
        let Opened { tokens, shown, .. } = &self.groups[place.group];
        let here = &shown[place.child];
        let rest = tokens.iter().zip(shown).enumerate().skip(place.child);
        rest.take_while(move |(_, (_, shown))| *shown == here)
            .map(move |(child, (token, _))| (Place { child, ..place }, token))
    }

    /// Where the group is, if it has so many tokens.
    pub(super) fn group(&self, group: usize, count: usize) -> Option<Place> {
        let opened = self.groups.get(group)?;
        opened.at.filter(|_| opened.tokens.len() == count)
    }

    /// The groups in the order in which they were opened: where they are, and how many tokens they have.
    pub(super) fn shape(&self) -> impl Iterator<Item = (Option<Place>, usize)> {
        self.groups.iter().map(|opened| (opened.at, opened.tokens.len()))
    }
}

/// Whether the token is a group without delimiters: text does not show where it begins.
fn is_invisible(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Group(group) if group.delimiter() == Delimiter::None)
}

/// The tokens of an input whose shape is known already.
pub(super) struct Known(Vec<Vec<TokenTree>>);

impl Known {
    pub(super) fn new(inputs: [&TokenStream; 2]) -> Self {
        Self(inputs.map(|input| input.clone().into_iter().collect()).into())
    }

    /// Opens the next group.
    pub(super) fn open(&mut self, at: Place) -> Option<()> {
        let TokenTree::Group(group) = self.token(at)? else { return None };
        let tokens = group.stream().into_iter().collect();
        self.0.push(tokens);
        Some(())
    }

    /// Whether the group has so many tokens.
    pub(super) fn has(&self, group: usize, length: usize) -> Option<()> {
        (self.0.get(group)?.len() == length).then_some(())
    }

    pub(super) fn token(&self, place: Place) -> Option<&TokenTree> {
        self.0.get(place.group)?.get(place.child)
    }

    /// So many tokens from there on.
    pub(super) fn tokens(&self, Place { group, child }: Place, count: usize) -> Option<&[TokenTree]> {
        self.0.get(group)?.get(child..)?.get(..count)
    }
}

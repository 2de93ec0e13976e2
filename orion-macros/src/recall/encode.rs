//! An expansion as bytes: what the macro wrote as text, what was written by the user as its place.

use proc_macro2::{Delimiter, Group, Spacing, Span, TokenStream, TokenTree};

use super::bytes::Writer;
use super::input::Input;
use super::places::{Place, Shown, Site, same, shown};

/// The kinds of pieces.
pub(super) mod kind {
    /// So many tokens of the text.
    pub(in super::super) const OWN: u8 = 0;
    /// So many tokens of the text, at a site.
    pub(in super::super) const PLACED: u8 = 1;
    /// So many tokens from a place on.
    pub(in super::super) const WRITTEN: u8 = 2;
    /// Pieces between delimiters.
    pub(in super::super) const GROUP: u8 = 3;
    /// One mark that belongs to the next.
    pub(in super::super) const JOINT: u8 = 4;
    /// The tokens of a group of the text.
    pub(in super::super) const RUN: u8 = 5;
}

/// So many tokens of the macro's own are not taken from the compiler one by one.
const RUN: usize = 5;

/// The expansion of the input; `None` where a token of it is at a place that cannot be named.
pub(super) fn expansion(input: Option<Input>, expansion: &TokenStream) -> Option<Vec<u8>> {
    let mut encoder = Encoder::new(input?)?;
    let pieces = encoder.pieces(expansion.clone())?;
    let mut written = Written::default();
    written.pieces(&pieces);
    let mut writer = Writer::default();
    let shape: Vec<_> = encoder.input.shape().collect();
    writer.number(shape.len());
    for (at, length) in shape {
        if let Some(at) = at {
            place(&mut writer, at);
        }
        writer.number(length);
    }
    writer.number(written.sites.len());
    for at in written.sites {
        site(&mut writer, at);
    }
    writer.text(&written.text);
    writer.0.extend(written.program.0);
    Some(writer.0)
}

/// A piece of an expansion.
enum Piece {
    /// Tokens of the macro's own, each at that site.
    Own(Site, Vec<TokenTree>),
    /// So many tokens that were written, one after the other.
    Written(Place, usize),
    Group(Delimiter, Site, Vec<Piece>),
    Joint(char, Site),
}

struct Encoder {
    input: Input,
    call: String,
    /// By whose rules names are looked up there.
    context: usize,
    mixed: String,
}

impl Encoder {
    fn new(input: Input) -> Option<Self> {
        let [call, mixed] = [Span::call_site(), Span::mixed_site()].map(shown);
        Some(Self { input, context: Shown::read(&call)?.context, call, mixed })
    }

    fn pieces(&mut self, tokens: TokenStream) -> Option<Vec<Piece>> {
        let mut pieces: Vec<Piece> = Vec::new();
        let mut torn = None;
        for token in tokens {
            let mark = match &token {
                TokenTree::Punct(punct) if punct.spacing() == Spacing::Joint => Some(punct.as_char()),
                _ => None,
            };
            let piece = self.piece(token)?;
            // A text ends between two tokens that are apart.
            if let Some((mark, site)) = torn.take()
                && !matches!(&piece, Piece::Own(own, ..) if *own == site)
            {
                without_last(&mut pieces);
                pieces.push(Piece::Joint(mark, site));
            }
            if let (Some(mark), Piece::Own(site, ..)) = (mark, &piece) {
                torn = Some((mark, *site));
            }
            add(&mut pieces, piece);
        }
        Some(pieces)
    }

    fn piece(&mut self, token: TokenTree) -> Option<Piece> {
        let site = self.site(&token)?;
        if let Site::At(place) = site
            && let Some(written) = self.written(place, &token)
        {
            return Some(Piece::Written(written, 1));
        }
        let TokenTree::Group(group) = token else { return Some(Piece::Own(site, vec![token])) };
        let pieces = self.pieces(group.stream())?;
        if let Some(whole) = self.whole(site, group.delimiter(), &pieces) {
            return Some(Piece::Written(whole, 1));
        }
        let own = site == Site::Call
            && group.delimiter() != Delimiter::None
            && pieces.iter().all(|piece| matches!(piece, Piece::Own(Site::Call, ..)));
        Some(if own {
            Piece::Own(site, vec![group.into()])
        } else {
            Piece::Group(group.delimiter(), site, pieces)
        })
    }

    /// The place of the group of the input that consists of these pieces.
    fn whole(&self, site: Site, delimiter: Delimiter, pieces: &[Piece]) -> Option<Place> {
        let (Site::At(at), [Piece::Written(Place { group, child: 0 }, count)]) = (site, pieces) else {
            return None;
        };
        let place = self.input.group(*group, *count)?;
        self.input.at(at).find_map(|(there, token)| {
            let is_whole =
                there == place && matches!(token, TokenTree::Group(there) if there.delimiter() == delimiter);
            is_whole.then_some(place)
        })
    }

    fn site(&mut self, token: &TokenTree) -> Option<Site> {
        let shown = shown(token.span());
        // Most are: no more is asked of them.
        if shown == self.call {
            return Some(Site::Call);
        }
        if shown == self.mixed {
            return Some(Site::Mixed);
        }
        let shown = Shown::read(&shown)?;
        let place = match token {
            TokenTree::Punct(_) => self.input.find_mark(&shown)?,
            _ => self.input.find(&shown)?,
        };
        if shown.context == self.input.context {
            Some(Site::At(place))
        } else {
            (shown.context == self.context).then_some(Site::Called(place))
        }
    }

    /// The place of the token of the input that this one is.
    fn written(&self, place: Place, token: &TokenTree) -> Option<Place> {
        let mut there = self.input.at(place);
        there.find_map(|(place, written)| is(written, token).then_some(place))
    }
}

fn is(written: &TokenTree, token: &TokenTree) -> bool {
    match (written, token) {
        (TokenTree::Group(written), TokenTree::Group(group)) => {
            written.delimiter() == group.delimiter() && text(written) == text(group)
        }
        _ => same(written, token),
    }
}

fn text(group: &Group) -> String {
    group.stream().to_string()
}

/// Adds a piece, to the one before it where they are of a kind.
fn add(pieces: &mut Vec<Piece>, piece: Piece) {
    match (pieces.last_mut(), piece) {
        (Some(Piece::Own(before, tokens)), Piece::Own(site, own)) if *before == site => tokens.extend(own),
        (Some(Piece::Written(from, count)), Piece::Written(next, 1))
            if next.group == from.group && next.child == from.child + *count =>
        {
            *count += 1;
        }
        (_, piece) => pieces.push(piece),
    }
}

/// Takes the last token of the macro's own away.
fn without_last(pieces: &mut [Piece]) {
    if let Some(Piece::Own(_, tokens)) = pieces.last_mut() {
        tokens.pop();
    }
}

/// The pieces as bytes, with their tokens in one text and their sites in one list.
#[derive(Default)]
struct Written {
    program: Writer,
    text: String,
    sites: Vec<Site>,
}

impl Written {
    fn pieces(&mut self, pieces: &[Piece]) {
        self.program.number(pieces.len());
        for piece in pieces {
            match piece {
                Piece::Own(Site::Call, tokens) if tokens.len() >= RUN => {
                    let run = Group::new(Delimiter::Brace, tokens.iter().cloned().collect());
                    self.text.push_str(&run.to_string());
                    self.program.byte(kind::RUN);
                }
                Piece::Own(site, tokens) => {
                    self.text.push_str(&tokens.iter().cloned().collect::<TokenStream>().to_string());
                    self.text.push('\n');
                    if *site == Site::Call {
                        self.program.byte(kind::OWN);
                    } else {
                        self.program.byte(kind::PLACED);
                        self.site(*site);
                    }
                    self.program.number(tokens.len());
                }
                Piece::Written(from, count) => {
                    self.program.byte(kind::WRITTEN);
                    place(&mut self.program, *from);
                    self.program.number(*count);
                }
                Piece::Group(delimiter, site, pieces) => {
                    self.program.byte(kind::GROUP);
                    self.program.byte(match delimiter {
                        Delimiter::Parenthesis => b'(',
                        Delimiter::Brace => b'{',
                        Delimiter::Bracket => b'[',
                        Delimiter::None => b' ',
                    });
                    self.site(*site);
                    self.pieces(pieces);
                }
                Piece::Joint(mark, site) => {
                    self.program.byte(kind::JOINT);
                    self.program.text(mark.encode_utf8(&mut [0; 4]));
                    self.site(*site);
                }
            }
        }
    }

    fn site(&mut self, site: Site) {
        let at = self.sites.iter().position(|known| *known == site).unwrap_or_else(|| {
            self.sites.push(site);
            self.sites.len() - 1
        });
        self.program.number(at);
    }
}

fn place(writer: &mut Writer, Place { group, child }: Place) {
    writer.number(group);
    writer.number(child);
}

fn site(writer: &mut Writer, site: Site) {
    let (kind, at) = match site {
        Site::Call => (b'c', None),
        Site::Mixed => (b'm', None),
        Site::At(at) => (b'@', Some(at)),
        Site::Called(at) => (b'.', Some(at)),
    };
    writer.byte(kind);
    if let Some(at) = at {
        place(writer, at);
    }
}

//! The expansion from its bytes.

use proc_macro2::{Delimiter, Group, Punct, Spacing, Span, TokenStream, TokenTree};

use super::bytes::Reader;
use super::encode::kind;
use super::input::Known;
use super::places::Place;

/// The expansion with the places of the input; `None` where the bytes are not of one of such a shape.
pub(super) fn expansion(kept: &[u8], inputs: [&TokenStream; 2]) -> Option<TokenStream> {
    let mut reader = Reader(kept);
    let input = shape(&mut reader, inputs)?;
    let sites = sites(&mut reader, &input)?;
    let text = crate::lexed(reader.text()?)?.into_iter().collect::<Vec<_>>().into_iter();
    let mut decoder = Decoder { reader, input, sites, text };
    let expansion = decoder.pieces()?;
    (decoder.reader.0.is_empty() && decoder.text.next().is_none()).then_some(expansion)
}

fn shape(reader: &mut Reader<'_>, inputs: [&TokenStream; 2]) -> Option<Known> {
    let mut input = Known::new(inputs);
    for group in 0..reader.number()? {
        if group >= inputs.len() {
            input.open(place(reader)?)?;
        }
        input.has(group, reader.number()?)?;
    }
    Some(input)
}

fn sites(reader: &mut Reader<'_>, input: &Known) -> Option<Vec<Span>> {
    let mut sites = Vec::new();
    for _ in 0..reader.number()? {
        let kind = reader.byte()?;
        let mut written = || Some(input.token(place(reader)?)?.span());
        sites.push(match kind {
            b'c' => Span::call_site(),
            b'm' => Span::mixed_site(),
            b'@' => written()?,
            b'.' => Span::call_site().located_at(written()?),
            _ => return None,
        });
    }
    Some(sites)
}

fn place(reader: &mut Reader<'_>) -> Option<Place> {
    Some(Place { group: reader.number()?, child: reader.number()? })
}

struct Decoder<'a> {
    reader: Reader<'a>,
    input: Known,
    sites: Vec<Span>,
    text: std::vec::IntoIter<TokenTree>,
}

impl Decoder<'_> {
    fn pieces(&mut self) -> Option<TokenStream> {
        let (mut pieces, mut tokens) = (TokenStream::new(), Vec::new());
        for _ in 0..self.reader.number()? {
            match self.reader.byte()? {
                kind::OWN => {
                    let count = self.reader.number()?;
                    tokens.extend(self.text.by_ref().take(count));
                }
                kind::PLACED => {
                    let (span, count) = (self.site()?, self.reader.number()?);
                    tokens.extend(self.text.by_ref().take(count).map(|token| at(token, span)));
                }
                kind::WRITTEN => {
                    let (from, count) = (place(&mut self.reader)?, self.reader.number()?);
                    tokens.extend_from_slice(self.input.tokens(from, count)?);
                }
                kind::GROUP => {
                    let (delimiter, span) = (delimiter(self.reader.byte()?)?, self.site()?);
                    tokens.push(at(Group::new(delimiter, self.pieces()?).into(), span));
                }
                kind::JOINT => {
                    let (mark, span) = (self.reader.text()?.chars().next()?, self.site()?);
                    tokens.push(at(Punct::new(mark, Spacing::Joint).into(), span));
                }
                kind::RUN => {
                    let TokenTree::Group(run) = self.text.next()? else { return None };
                    pieces.extend(tokens.drain(..));
                    pieces.extend([run.stream()]);
                }
                _ => return None,
            }
        }
        pieces.extend(tokens);
        Some(pieces)
    }

    fn site(&mut self) -> Option<Span> {
        self.sites.get(self.reader.number()?).copied()
    }
}

fn at(mut token: TokenTree, span: Span) -> TokenTree {
    token.set_span(span);
    token
}

fn delimiter(byte: u8) -> Option<Delimiter> {
    Some(match byte {
        b'(' => Delimiter::Parenthesis,
        b'{' => Delimiter::Brace,
        b'[' => Delimiter::Bracket,
        b' ' => Delimiter::None,
        _ => return None,
    })
}

//! Names one module deeper: what is written beside an item, said again inside the module that is generated for it.

use proc_macro2::{Group, Ident, Spacing, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::Visibility;

/// Types or expressions, for the generated module: `self::A` becomes `super::A` there and `super::A` `super::super::A`.
/// Other names need nothing, because the module begins with `use super::*`.
pub(crate) fn reparent(tokens: impl ToTokens) -> TokenStream {
    let tokens: Vec<TokenTree> = tokens.into_token_stream().into_iter().collect();
    let mut deeper = TokenStream::new();
    for (at, token) in tokens.iter().enumerate() {
        match token {
            TokenTree::Ident(ident) if is_path(&tokens[at + 1..]) && !is_path_before(&tokens[..at]) => {
                let parent = Ident::new("super", ident.span());
                if ident == "self" {
                    parent.to_tokens(&mut deeper);
                } else if ident == "super" {
                    deeper.extend(quote!(#parent::#parent));
                } else {
                    ident.to_tokens(&mut deeper);
                }
            }
            TokenTree::Group(group) => {
                let mut inner = Group::new(group.delimiter(), reparent(group.stream()));
                inner.set_span(group.span());
                inner.to_tokens(&mut deeper);
            }
            token => token.to_tokens(&mut deeper),
        }
    }
    deeper
}

/// The visibility that reaches as far from inside the generated module as `vis` does beside it.
pub(crate) fn visibility(vis: &Visibility) -> TokenStream {
    match vis {
        Visibility::Public(_) => quote!(#vis),
        Visibility::Inherited => quote!(pub(super)),
        Visibility::Restricted(restricted) => {
            let path = &restricted.path;
            if path.is_ident("crate") {
                quote!(#vis)
            } else if path.is_ident("self") {
                quote!(pub(super))
            } else if path.is_ident("super") {
                quote!(pub(in super::super))
            } else {
                let path = reparent(path);
                quote!(pub(in #path))
            }
        }
    }
}

fn is_path(next: &[TokenTree]) -> bool {
    matches!(next, [TokenTree::Punct(first), TokenTree::Punct(second), ..]
        if first.as_char() == ':' && first.spacing() == Spacing::Joint && second.as_char() == ':')
}

fn is_path_before(previous: &[TokenTree]) -> bool {
    matches!(previous, [.., TokenTree::Punct(first), TokenTree::Punct(second)]
        if first.as_char() == ':' && first.spacing() == Spacing::Joint && second.as_char() == ':')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn deeper(source: &str) -> String {
        reparent(source.parse::<TokenStream>().expect("tokens")).to_string()
    }

    #[test]
    fn paths_from_here_and_from_above_go_one_further_up() {
        assert_eq!(deeper("Option<self::Id>"), quote!(Option<super::Id>).to_string());
        assert_eq!(deeper("(super::super::Id, u8)"), quote!((super::super::super::Id, u8)).to_string());
        assert_eq!(
            deeper("Board(self.id, crate::x::Id, Id)"),
            quote!(Board(self.id, crate::x::Id, Id)).to_string()
        );
    }

    #[test]
    fn a_visibility_reaches_as_far() {
        let deeper = |vis: &str| visibility(&syn::parse_str(vis).expect("a visibility")).to_string();
        assert_eq!(deeper(""), quote!(pub(super)).to_string());
        assert_eq!(deeper("pub"), "pub");
        assert_eq!(deeper("pub(crate)"), quote!(pub(crate)).to_string());
        assert_eq!(deeper("pub(self)"), quote!(pub(super)).to_string());
        assert_eq!(deeper("pub(super)"), quote!(pub(in super::super)).to_string());
        assert_eq!(deeper("pub(in super::super)"), quote!(pub(in super::super::super)).to_string());
        assert_eq!(deeper("pub(in crate::a)"), quote!(pub(in crate::a)).to_string());
    }
}

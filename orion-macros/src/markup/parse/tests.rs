use std::fmt::Write as _;

use quote::quote;

use super::*;
use crate::markup::model::Element;

fn tokens(source: &str) -> TokenStream {
    source.parse().expect("tokens")
}

/// The markup in one line: elements with their attributes, loops, code.
fn spelled(tokens: &TokenStream) -> String {
    let mut text = String::new();
    for nodes in find(tokens) {
        spell(&mut text, &nodes);
    }
    text
}

fn spell(text: &mut String, nodes: &[Node]) {
    for node in nodes {
        match node {
            Node::Code(code) => write!(text, "({})", code.to_string().replace(' ', "")).unwrap(),
            Node::Block(nodes) => spell(text, nodes),
            Node::Loop(Loop { pattern, over, body }) => {
                write!(text, "@{pattern}:{over}[").unwrap();
                spell(text, body);
                text.push(']');
            }
            Node::Element(Element { name, attributes, body, .. }) => {
                write!(text, "<{name}").unwrap();
                for attribute in attributes {
                    write!(text, " {}", attribute.name).unwrap();
                    for part in &attribute.value {
                        match part {
                            Part::Text(literal) => write!(text, "={:?}", literal.value()).unwrap(),
                            Part::Code(code) => write!(text, "=({code})").unwrap(),
                        }
                    }
                }
                text.push('>');
                spell(text, body);
                text.push_str("</>");
            }
        }
    }
}

#[test]
fn elements_have_their_attributes() {
    let read = spelled(&tokens(
        r#"
        html! {
            #main .a."b".(c)[d] title?=[e] hidden[f] { "text" }
            input type="text" data-bind:first-name disabled;
            custom-element "data-init__delay.5s"="x" data-on:click={ "a" (b) "c" } class=@if x { "y" } @else { "z" } h-1 {}
            h1 id=(id) aria-label="x" { "x" br; }
        }
    "#,
    ));
    assert_eq!(
        read,
        "<div id=\"main\" title=(e) hidden></>\
         <input type=\"text\" data-bind:first-name disabled></>\
         <custom-element data-init__delay.5s=\"x\" data-on:click=\"a\"=(b)=\"c\" class=() h-1></>\
         <h1 id=(id) aria-label=\"x\"><br></></>"
    );
}

#[test]
fn what_is_under_a_condition_stands_where_the_condition_does() {
    let read = spelled(&quote! {
        maud::html! {
            @let x = y(1);
            @for (a, b) in list.iter().map(|x| { x }) { li { (a) } }
            @while let Some(c) = next() { p; }
            @if let Some(d) = e { i; } @else if f { b; } @else { u; }
            @match g { Some(h) if h >= 2 || h == 3 => s; , None => { em; } _ => "no", Other { .. } => { "x" tt; } }
        }
    });
    assert_eq!(
        read,
        "(x=y(1))@(a , b):list . iter () . map (| x | { x })[<li>(a)</>]\
         @:let Some (c) = next ()[<p></>]\
         (letSome(d)=e)<i></>(iff)<b></>()<u></>\
         (g)<s></><em></><tt></>"
    );
}

#[test]
fn markup_in_the_code_of_markup_is_found_before_it() {
    let read = spelled(&quote! {
        let a = html! { a; };
        f(|| Ok(html! { b { (g(html! { i; })) } }));
        html; html!("x"); htm! { u; }
    });
    assert_eq!(read, "<a></><i></><b>(g(html!{i;}))</>");
}

#[test]
fn half_typed_markup_is_read_as_far_as_it_goes() {
    let whole = tokens(
        r#"
        #main .a[b] title?=[e] { @for a in b { li data-on:click={ "$x" (y) } { (a) } } @match c { d => p, _ => "x" } "t" @let x = 1; }
    "#,
    );
    let tokens: Vec<TokenTree> = whole.into_iter().collect();
    for end in 0..=tokens.len() {
        cut(&tokens[..end], &mut |tokens| {
            let _ = spelled(&quote!(html! { #tokens }));
        });
    }
}

/// The tokens, and again with each group in them cut at each of its tokens.
fn cut(tokens: &[TokenTree], see: &mut dyn FnMut(TokenStream)) {
    see(tokens.iter().cloned().collect());
    let Some((TokenTree::Group(last), before)) = tokens.split_last() else { return };
    let inner: Vec<TokenTree> = last.stream().into_iter().collect();
    for end in 0..inner.len() {
        cut(&inner[..end], &mut |inner| {
            let group = Group::new(last.delimiter(), inner);
            see(before.iter().cloned().chain([group.into()]).collect());
        });
    }
}

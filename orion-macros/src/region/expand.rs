//! Writes a region: the function as it is, and a type of its name with its embed and what renders it.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};

use super::model::Region;
use crate::argument::{Argument, Role};
use crate::data::{HOLE, call, literal};
use crate::declared::{self, ASIDE, Data};
use crate::expanded::{Expanded, doc, located, own, unseen};
use crate::links;
use crate::reach::{self, Reach, Reaches};
use crate::said::Said;
use crate::spelling::spell;

/// The region's expansion; cannot fail.
pub(crate) fn expand(slice: &str, region: &Region, reaches: &Reaches, said: &Said) -> Expanded {
    let function = &region.function;
    let name = &function.sig.ident;
    let data = region.sound.then(|| data(slice, region, &reaches.from(&function.name())));
    let doc = format!(" Puts the region `{name}` into markup.");
    let embed = said.may_call("region", function).then(|| embed(region));
    Expanded::linked(function, &doc, &embed.unwrap_or_default(), data)
}

fn data(slice: &str, region: &Region, reach: &Reach) -> Data {
    let [slice, name] = [literal(slice), literal(&region.function.name())];
    // One that is made in another way may be any.
    let hears = region.on.iter().map(|topic| reach::topic(topic).unwrap_or_else(|| "*".to_owned()));
    let (hears, hears_as) = (call("hears", hears), call("hears_as", region.on.iter().map(spell)));
    let (calls, reach) = (reach.calls(), reach.rest());
    let personal = if region.takes(Role::Viewer) { ".personal()" } else { "" };
    let present = if region.takes(Role::Present) { ".present()" } else { "" };
    let topics = on(region);
    let on = if topics.is_some() { format!(".on{HOLE}()") } else { String::new() };
    let every = region.every.map(|time| format!(".every(::core::time::Duration::from_millis({time}))"));
    let every = every.unwrap_or_default();
    let value = format!(
        "region{HOLE}({ASIDE}, {slice}, {name}, {calls},){on}{personal}{present}{hears}{hears_as}{every}{reach}"
    );
    Data::value(&region.function, "Region", &value, [render(region)].into_iter().chain(topics).collect())
}

/// `fn region(…) -> Embed`.
fn embed(region: &Region) -> TokenStream {
    let (key, vis): (Vec<Argument>, _) = (region.key().cloned().collect(), &region.function.vis);
    let declared = declared::constant(&region.function);
    let doc = doc(&region.function, " The region, to be put into the markup of a page or of another region.");
    let (name, parameters) = (links::name("region", &region.function), links::parameters(&key));
    let embed = if region.sound {
        let values = key.iter().map(Argument::unseen).map(|argument| {
            let (ident, kept) = (&argument.ident, kept(&argument));
            let value = if argument.is_str() {
                quote!(&<#kept as ::core::convert::From<&::core::primitive::str>>::from(#ident))
            } else {
                quote!(&#ident)
            };
            quote_spanned!(located(&argument.ty)=> <#kept as __orion::RegionKey>::write(#value))
        });
        quote!(__orion::Embed::new(#declared, __orion::Args::of(&[#(#values),*])))
    } else {
        let values = key.iter().map(|argument| argument.unseen().ident);
        quote!(let _ = (#(#values,)*); ::core::unimplemented!())
    };
    quote! {
        #doc
        #vis fn #name(#parameters) -> __orion::Embed { #embed }
    }
}

/// The shim that renders: the trait is called with the type that the user wrote.
fn render(region: &Region) -> TokenStream {
    let (ident, output) = (unseen(&region.function.sig.ident), region.function.output());
    let scope = own("scope");
    let key = key(region.key().map(Argument::unseen), &scope);
    let passes = region.arguments.iter().map(Argument::unseen).map(|argument| {
        let name = &argument.ident;
        match argument.role {
            Role::Db => quote!(#scope.db),
            Role::Viewer => quote!(#scope.viewer()?),
            Role::Present => quote!(#scope.present),
            _ if argument.is_str() => quote!(&#name),
            _ => quote!(#name),
        }
    });
    let span = output.map_or_else(Span::call_site, located);
    let written = quote!((self::#ident(#(#passes),*)));
    let markup = quote_spanned!(span=> <#output as __orion::IntoMarkup>::into_markup #written);
    quote!(|#scope| { #key #markup })
}

/// The declared topics, of which each is an expression over the arguments.
fn on(region: &Region) -> Option<TokenStream> {
    let args = own("args");
    let key = key(region.key().cloned(), &args);
    let borrowed = region.key().filter(|argument| argument.is_str()).map(|argument| {
        let name = &argument.ident;
        quote!(let #name: &::core::primitive::str = &#name;)
    });
    let topics = region.on.iter().map(|topic| {
        let span = located(topic);
        quote_spanned!(span=> __orion::Announce::topic(&(#topic)))
    });
    let topics = quote!(::core::result::Result::Ok(::std::vec![#(#topics),*]));
    (!region.on.is_empty()).then(|| quote!(|#args| { #key #(#borrowed)* #topics }))
}

/// The statements that read the plain arguments back, from what has `values`.
fn key(arguments: impl Iterator<Item = Argument>, from: &Ident) -> Option<TokenStream> {
    let values = own("values");
    let reads = arguments.map(|argument| {
        let (name, kept) = (&argument.ident, kept(&argument));
        quote_spanned!(located(&argument.ty)=>
            let #name = <#kept as __orion::RegionKey>::read(&mut #values)?;)
    });
    let reads: TokenStream = reads.collect();
    (!reads.is_empty()).then(|| quote!(let mut #values = #from.values()?; #reads))
}

/// The type in which an argument is kept.
fn kept(argument: &Argument) -> TokenStream {
    if argument.is_str() { quote!(::std::string::String) } else { argument.ty.to_token_stream() }
}

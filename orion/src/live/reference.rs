//! Signed references: what a page's stream may carry is what the server put into the page, for the viewer it rendered it for.

use std::collections::BTreeMap;
use std::io::Read as _;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64;
use flate2::Compression;
use flate2::read::{DeflateDecoder, DeflateEncoder};

use crate::decl::Region;
use crate::error::{Error, Result};
use crate::live::{Args, Embed};
use crate::sign::{Signer, Tag};
use crate::viewer::Viewer;

/// What the signatures are for; with the version of the token's form.
const PURPOSE: &str = "live page 2";

/// The longest token: with the rest of the URL it fits into the 8 kB that proxies let a request line have. A longer one
/// would make a page that never becomes live, and nobody would know why.
const LONGEST: usize = 7 * 1024;

/// Names of so many bytes are not deflated: little would be saved, and a stream that opens would need 80 kB for a moment to read
/// them. After thousands of streams, between what stays of each, that is most of the memory.
const SHORT: usize = 256;

/// The first byte of a token's body: whether the names are as they are, or deflated.
const PLAIN: u8 = 0;
const DEFLATED: u8 = 1;

/// Writes and reads the references of pages to their regions.
///
/// A token is the URL-safe Base64 of a signature and of the build, names and arguments, deflated if there are many: no state is kept for it, and it
/// holds after a restart. Names and not numbers, so that it does not mean another region after a deployment.
#[derive(Debug, Clone)]
pub struct References {
    signer: Signer,
    build: String,
    regions: BTreeMap<(&'static str, &'static str), &'static Region>,
}

/// What a page's stream may carry.
#[derive(Debug, Clone)]
pub struct Reference {
    /// The page's regions. None, where another build made the page and one of them is not there any more.
    pub regions: Vec<Embed>,
    /// Whether another build of the application made the page.
    pub outdated: bool,
}

/// Why a reference was refused. The answer is status 204 whatever the reason: anything else, Datastar would ask again for ever.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refused {
    /// It was not written by this application for this viewer.
    Forged,
    /// It names a region that the application has no more.
    Gone,
}

impl References {
    /// References to these regions, which are all that this build of the application has.
    pub fn new(signer: Signer, build: String, regions: impl IntoIterator<Item = &'static Region>) -> Self {
        let regions = regions.into_iter().map(|region| ((region.slice, region.name), region)).collect();
        Self { signer, build, regions }
    }

    /// The build's name.
    pub fn build(&self) -> &str {
        &self.build
    }

    /// The token for a page with these regions that was rendered for `viewer`.
    ///
    /// # Errors
    /// If it would be too long for a URL.
    pub fn write(&self, viewer: &Viewer, regions: &[Embed]) -> Result<String> {
        let names: Vec<_> = regions
            .iter()
            .map(|embed| (embed.region.slice, embed.region.name, embed.args.as_str()))
            .collect();
        let text = serde_json::to_vec(&(&self.build, names)).unwrap_or_default();
        let mut token = vec![0; size_of::<Tag>()];
        if text.len() <= SHORT {
            token.push(PLAIN);
            token.extend(text);
        } else {
            token.push(DEFLATED);
            // Reading from memory and writing text as JSON do not fail.
            let _ = DeflateEncoder::new(text.as_slice(), Compression::best()).read_to_end(&mut token);
        }
        let tag = self.sign(viewer, &token[size_of::<Tag>()..]);
        token[..size_of::<Tag>()].copy_from_slice(&tag);
        let token = BASE64.encode(token);
        if token.len() > LONGEST {
            return Err(Error::internal(format!(
                "the regions of a page and their arguments must fit into {LONGEST} bytes of URL, these {} take {}: \
                 show fewer regions, or give them shorter arguments",
                regions.len(),
                token.len()
            )));
        }
        Ok(token)
    }

    /// What `token` refers to, if it was written for `viewer`.
    pub fn read(&self, viewer: &Viewer, token: &str) -> Result<Reference, Refused> {
        if token.len() > LONGEST {
            return Err(Refused::Forged);
        }
        let token = BASE64.decode(token).map_err(|_| Refused::Forged)?;
        let (tag, body) = token.split_at_checked(size_of::<Tag>()).ok_or(Refused::Forged)?;
        if !self.signer.verify(PURPOSE, &[viewer.id().as_bytes(), body], tag) {
            return Err(Refused::Forged);
        }
        // From here on it is this application's own text, though maybe an older version's.
        let (&form, body) = body.split_first().ok_or(Refused::Forged)?;
        let mut text = Vec::new();
        if form == DEFLATED {
            DeflateDecoder::new(body).read_to_end(&mut text).map_err(|_| Refused::Forged)?;
        }
        let text = if form == DEFLATED { &text } else { body };
        let (build, names): (String, Vec<(String, String, String)>) =
            serde_json::from_slice(text).map_err(|_| Refused::Forged)?;
        let embed = |(slice, name, args): &(String, String, String)| {
            let region = self.regions.get(&(slice.as_str(), name.as_str()))?;
            Some(Embed::new(region, Args::from_wire(args)))
        };
        match (names.iter().map(embed).collect(), build != self.build) {
            (Some(regions), outdated) => Ok(Reference { regions, outdated }),
            (None, true) => Ok(Reference { regions: Vec::new(), outdated: true }),
            (None, false) => Err(Refused::Gone),
        }
    }

    fn sign(&self, viewer: &Viewer, body: &[u8]) -> Tag {
        self.signer.sign(PURPOSE, &[viewer.id().as_bytes(), body])
    }
}

#[cfg(test)]
mod tests {
    use std::slice;

    use maud::html;

    use super::*;

    const CARDS: Region = Region::new("board", "cards", |_| Ok(html! {}));
    const FEED: Region = Region::new("feed", "latest", |_| Ok(html! {}));

    fn references(regions: [&'static Region; 2]) -> References {
        built("1", regions)
    }

    fn built(build: &str, regions: [&'static Region; 2]) -> References {
        References::new(Signer::new(&[[9; 32]]).unwrap(), build.to_owned(), regions)
    }

    fn ada() -> Viewer {
        Viewer::with_id("ada")
    }

    fn names(embeds: &[Embed]) -> Vec<String> {
        embeds.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn what_was_written_is_read_in_its_order() {
        let page = [
            Embed::new(&FEED, Args::none()),
            Embed::new(&CARDS, Args::new(&(7, "a\"b\r\n\u{2028}'),@post('/x'"))),
            Embed::new(&CARDS, Args::new(&(8, ""))),
        ];
        let references = references([&CARDS, &FEED]);
        let token = references.write(&ada(), &page).unwrap();
        assert!(token.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_'));
        assert_eq!(names(&references.read(&ada(), &token).unwrap().regions), names(&page));
    }

    #[test]
    fn few_names_are_not_deflated() {
        let references = references([&CARDS, &FEED]);
        let token = references.write(&ada(), &[Embed::new(&FEED, Args::none())]).unwrap();
        let token = BASE64.decode(token).unwrap();
        assert_eq!(&token[size_of::<Tag>() + 1..], br#"["1",[["feed","latest","[]"]]]"#);
    }

    #[test]
    fn a_page_without_regions_has_a_token_too() {
        let references = references([&CARDS, &FEED]);
        assert!(references.read(&ada(), &references.write(&ada(), &[]).unwrap()).unwrap().regions.is_empty());
    }

    #[test]
    fn another_viewers_token_is_refused() {
        let references = references([&CARDS, &FEED]);
        let token = references.write(&ada(), &[Embed::new(&FEED, Args::none())]).unwrap();
        assert_eq!(references.read(&Viewer::with_id("eve"), &token).unwrap_err(), Refused::Forged);
    }

    #[test]
    fn a_token_with_any_letter_changed_cut_or_added_is_refused() {
        let references = references([&CARDS, &FEED]);
        let token = references.write(&ada(), &[Embed::new(&CARDS, Args::new(&(7,)))]).unwrap();
        for at in 0..token.len() {
            for other in ["A", "_", ""] {
                let mut forged = token.clone();
                forged.replace_range(at..=at, other);
                if forged != token {
                    assert_eq!(references.read(&ada(), &forged).unwrap_err(), Refused::Forged, "{forged}");
                }
            }
        }
        for forged in ["", "A", &format!("{token}A"), &format!("{token}="), &"A".repeat(100_000)] {
            assert_eq!(references.read(&ada(), forged).unwrap_err(), Refused::Forged);
        }
    }

    #[test]
    fn a_region_that_no_longer_exists_is_refused() {
        let token = references([&CARDS, &FEED]).write(&ada(), &[Embed::new(&FEED, Args::none())]).unwrap();
        let newer = references([&CARDS, &CARDS]);
        assert_eq!(newer.read(&ada(), &token).unwrap_err(), Refused::Gone);
    }

    #[test]
    fn a_page_of_another_build_is_outdated_and_shows_what_there_still_is() {
        let (old, new) = (built("1", [&CARDS, &FEED]), built("2", [&CARDS, &CARDS]));
        let token = |embeds: &[Embed]| old.write(&ada(), embeds).unwrap();
        let (cards, feed) = (Embed::new(&CARDS, Args::new(&(7,))), Embed::new(&FEED, Args::none()));
        let kept = new.read(&ada(), &token(slice::from_ref(&cards))).unwrap();
        assert_eq!((names(&kept.regions), kept.outdated), (names(slice::from_ref(&cards)), true));
        let gone = new.read(&ada(), &token(&[cards.clone(), feed])).unwrap();
        assert_eq!((names(&gone.regions), gone.outdated), (vec![], true));
        assert!(!old.read(&ada(), &token(&[cards])).unwrap().outdated);
    }

    #[test]
    fn fifty_regions_fit_into_a_short_url() {
        let page: Vec<_> = (0..50).map(|id| Embed::new(&CARDS, Args::new(&(1000 + 37 * id,)))).collect();
        let references = references([&CARDS, &FEED]);
        let token = references.write(&ada(), &page).unwrap();
        assert!(token.len() < 500, "{} bytes", token.len());
        assert_eq!(names(&references.read(&ada(), &token).unwrap().regions), names(&page));
    }

    #[test]
    fn arguments_that_no_url_can_hold_are_refused_in_words() {
        let mut random = vec![0; 8_000];
        getrandom::fill(&mut random).unwrap();
        let page = [Embed::new(&CARDS, Args::new(&(BASE64.encode(random),)))];
        let error = references([&CARDS, &FEED]).write(&ada(), &page).unwrap_err().to_string();
        assert!(
            error.starts_with("the regions of a page and their arguments must fit into 7168 bytes"),
            "{error}"
        );
    }
}

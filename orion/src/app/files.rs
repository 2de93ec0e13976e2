//! Static files: the framework's own and the application's, embedded, under names that change with their content.

use std::collections::BTreeMap;
use std::io::Write;
use std::sync::OnceLock;

use bytes::Bytes;
use hmac_sha256::Hash;
use http::header::{
    CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, ETAG, IF_NONE_MATCH, VARY, X_CONTENT_TYPE_OPTIONS,
};
use http::{HeaderMap, Response, StatusCode};

use crate::live::Coding;

const DATASTAR: Option<&[u8]> = include!(concat!(env!("OUT_DIR"), "/datastar.rs"));
/// Where Datastar comes from when it could not be embedded, and what it must hash to (Subresource Integrity).
const CDN: (&str, &str) = (
    "https://cdn.jsdelivr.net/gh/starfederation/datastar@v1.0.4/bundles/datastar.js",
    "sha256-cnhErfyCXuZR+5PFRKKnOZhvmiGCCpRSSzXwysRwz5E=",
);
/// Below which path the application's own files are.
const FOLDER: &str = "/static";
const STYLE: &[u8] = include_bytes!("orion.css");
const PAGE: &[u8] = include_bytes!("page.js");
/// Below this a compressed answer is hardly smaller than its headers.
const WORTH_COMPRESSING: usize = 256;

/// A file embedded in the program: `main!` makes one of each file in the static folder.
#[derive(Debug, Clone, Copy)]
pub struct File {
    /// Its path below the static folder, with `/` between parts.
    pub name: &'static str,
    /// What it holds.
    pub bytes: &'static [u8],
}

impl File {
    /// A file.
    pub const fn new(name: &'static str, bytes: &'static [u8]) -> Self {
        Self { name, bytes }
    }
}

/// A file ready to be served.
struct Asset {
    bytes: &'static [u8],
    hash: String,
    content_type: String,
    brotli: OnceLock<Bytes>,
    gzip: OnceLock<Bytes>,
}

/// All files of an application by their paths, hashed and plain.
pub(crate) struct Files {
    assets: Vec<Asset>,
    by_path: BTreeMap<String, (usize, bool)>,
    /// What the document's head needs: (style sheets, script).
    pub(crate) styles: Vec<String>,
    /// The application's `favicon.*`; without one an empty icon, for which browsers ask nobody.
    pub(crate) icon: String,
    pub(crate) script: Script,
    /// The framework's own, for pages that are live.
    pub(crate) page: String,
}

/// Where the page's script is.
pub(crate) enum Script {
    Embedded(String),
    Cdn { url: &'static str, integrity: &'static str },
}

impl Files {
    pub(crate) fn new(own: &[File]) -> Self {
        let mut files = Self {
            assets: Vec::new(),
            by_path: BTreeMap::new(),
            styles: Vec::new(),
            icon: "data:,".to_owned(),
            script: Script::Cdn { url: CDN.0, integrity: CDN.1 },
            page: String::new(),
        };
        let style = files.add("/_orion", "orion.css", STYLE);
        files.styles.push(style);
        files.page = files.add("/_orion", "page.js", PAGE);
        if let Some(bytes) = DATASTAR {
            files.script = Script::Embedded(files.add("/_orion", "datastar.js", bytes));
        }
        for file in own {
            let path = files.add(FOLDER, file.name, file.bytes);
            if !file.name.contains('/') {
                match file.name.rsplit_once('.') {
                    Some((_, "css")) => files.styles.push(path),
                    Some(("favicon", _)) => files.icon = path,
                    _ => {}
                }
            }
        }
        files
    }

    /// Adds a file and returns its hashed path.
    fn add(&mut self, folder: &str, name: &str, bytes: &'static [u8]) -> String {
        let hash = content_hash(bytes);
        let hashed = hashed_path(folder, name, &hash);
        let content_type = mime_guess::from_path(name).first_or_octet_stream();
        let content_type = match content_type.type_() {
            mime_guess::mime::TEXT => format!("{content_type}; charset=utf-8"),
            _ => content_type.to_string(),
        };
        let at = self.assets.len();
        self.assets.push(Asset { bytes, hash, content_type, brotli: OnceLock::new(), gzip: OnceLock::new() });
        self.by_path.insert(format!("{folder}/{name}"), (at, false));
        self.by_path.insert(hashed.clone(), (at, true));
        hashed
    }

    /// Answers a request for `path`, or `None` where there is no such file. The path is looked up, never joined to a folder:
    /// there is nothing to traverse.
    pub(crate) fn answer(&self, path: &str, headers: &HeaderMap) -> Option<Response<Bytes>> {
        let &(at, hashed) = self.by_path.get(path)?;
        let asset = &self.assets[at];
        let etag = format!("\"{}\"", asset.hash);
        let response = Response::builder()
            .header(ETAG, &etag)
            .header(VARY, "accept-encoding")
            .header(X_CONTENT_TYPE_OPTIONS, "nosniff")
            .header(CACHE_CONTROL, if hashed { "public, max-age=31536000, immutable" } else { "no-cache" });
        let known = headers.get_all(IF_NONE_MATCH).iter().any(|value| value.as_bytes() == etag.as_bytes());
        if known {
            return response.status(StatusCode::NOT_MODIFIED).body(Bytes::new()).ok();
        }
        let (coding, body) = asset.body(headers);
        let response = response.header(CONTENT_TYPE, &asset.content_type);
        let response = match coding {
            Some(coding) => response.header(CONTENT_ENCODING, coding),
            None => response,
        };
        response.body(body).ok()
    }
}

impl Asset {
    /// The body in the best coding that the client accepts, compressed once.
    fn body(&self, headers: &HeaderMap) -> (Option<&'static str>, Bytes) {
        let plain = Bytes::from_static(self.bytes);
        if self.bytes.len() < WORTH_COMPRESSING || !self.compresses() {
            return (None, plain);
        }
        let coding = Coding::negotiate(headers);
        let body = match coding {
            Coding::Br => self.brotli.get_or_init(|| brotli(self.bytes)).clone(),
            Coding::Gzip => self.gzip.get_or_init(|| gzip(self.bytes)).clone(),
            Coding::Identity => plain,
        };
        (coding.content_encoding(), body)
    }

    /// Whether the content is worth it: pictures, fonts and archives are compressed already.
    fn compresses(&self) -> bool {
        let text = ["text/", "application/json", "application/javascript", "image/svg", "application/wasm"];
        text.iter().any(|kind| self.content_type.starts_with(kind))
    }
}

/// The path under which a file of the application's static folder is served, with its content's hash in the name: it may be
/// kept for ever, because another content has another name.
///
/// The file is looked for while compiling, in the folder `static` beside `Cargo.toml`; the name of another folder goes first, as in
/// `asset!("public", "logo.svg")`.
///
/// ```
/// use maud::html;
///
/// let page = html! { link rel="icon" href=(orion::asset!("src/app", "orion.css")); };
/// assert!(page.into_string().contains("/static/orion."));
/// ```
#[macro_export]
macro_rules! asset {
    ($name:literal) => {
        $crate::asset!("static", $name)
    };
    ($folder:literal, $name:literal) => {{
        static PATH: ::std::sync::LazyLock<::std::string::String> = ::std::sync::LazyLock::new(|| {
            let bytes = ::core::include_bytes!(::core::concat!(
                ::core::env!("CARGO_MANIFEST_DIR"),
                "/",
                $folder,
                "/",
                $name
            ));
            $crate::__private::asset_path($name, bytes)
        });
        PATH.as_str()
    }};
}

/// Where a file of the static folder is served.
pub fn asset_path(name: &str, bytes: &[u8]) -> String {
    hashed_path(FOLDER, name, &content_hash(bytes))
}

/// The first 16 hexadecimal digits of the content's SHA-256: what a hashed name carries.
fn content_hash(bytes: &[u8]) -> String {
    Hash::hash(bytes).iter().take(8).fold(String::new(), |hex, byte| hex + &format!("{byte:02x}"))
}

/// `folder/name.hash.end`; a name without an end gets the hash at its end.
fn hashed_path(folder: &str, name: &str, hash: &str) -> String {
    match name.rsplit_once('.') {
        Some((stem, end)) if !end.contains('/') => format!("{folder}/{stem}.{hash}.{end}"),
        _ => format!("{folder}/{name}.{hash}"),
    }
}

fn brotli(bytes: &[u8]) -> Bytes {
    let params = brotli::enc::BrotliEncoderParams { quality: 9, ..Default::default() };
    let mut encoder = brotli::CompressorWriter::with_params(Vec::new(), 0, &params);
    // Writing to a Vec cannot fail.
    let _ = encoder.write_all(bytes);
    encoder.into_inner().into()
}

fn gzip(bytes: &[u8]) -> Bytes {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    // Writing to a Vec cannot fail.
    let _ = encoder.write_all(bytes);
    encoder.finish().unwrap_or_default().into()
}

//! A file that was sent with a form.

use std::fmt;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use bytes::Bytes;
use serde::de::{Error, Visitor};
use serde::{Deserialize, Deserializer};

/// A file that was sent with a form: a field of a [`Form`](super::Form) or of [`Signals`](super::Signals).
///
/// From a multipart form (`enctype="multipart/form-data"`) or from what Datastar's `data-bind` makes of a file input, which is
/// always a list. A file input that was left empty is absent: `Option<Upload>`, or `#[serde(default)] Vec<Upload>`.
///
/// ```
/// use orion::prelude::*;
///
/// #[derive(Deserialize)]
/// struct Avatar { name: String, picture: Option<Upload> }
///
/// fn change(avatar: Form<Avatar>) -> Result<Reply> {
///     if let Some(picture) = &avatar.picture {
///         ensure!(picture.bytes.starts_with(b"\x89PNG"), picture = "Send a PNG image");
///     }
///     Ok(Reply::done())
/// }
/// # let _ = change;
/// ```
#[derive(Clone, PartialEq, Eq, Deserialize)]
pub struct Upload {
    /// The file's name as the client gives it, without folders. Not to be trusted as a path.
    #[serde(deserialize_with = "without_folders")]
    pub name: String,
    /// The media type as the client gives it. Not to be trusted either.
    #[serde(alias = "mime")]
    pub content_type: String,
    /// The content.
    #[serde(alias = "contents", deserialize_with = "content")]
    pub bytes: Bytes,
}

impl fmt::Debug for Upload {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Upload")
            .field("name", &self.name)
            .field("content_type", &self.content_type)
            .field("bytes", &format_args!("{} bytes", self.bytes.len()))
            .finish()
    }
}

fn without_folders<'de, D: Deserializer<'de>>(from: D) -> Result<String, D::Error> {
    let name = String::deserialize(from)?;
    Ok(name.rsplit(['/', '\\']).next().unwrap_or_default().to_owned())
}

/// Bytes as they are, from a multipart form, or as base64, from a signal.
fn content<'de, D: Deserializer<'de>>(from: D) -> Result<Bytes, D::Error> {
    struct Content;

    impl Visitor<'_> for Content {
        type Value = Bytes;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("base64")
        }
        fn visit_byte_buf<E: Error>(self, bytes: Vec<u8>) -> Result<Bytes, E> {
            Ok(bytes.into())
        }
        fn visit_str<E: Error>(self, text: &str) -> Result<Bytes, E> {
            BASE64_STANDARD
                .decode(text)
                .map(Bytes::from)
                .map_err(|_| E::custom("other text, expected base64"))
        }
    }

    from.deserialize_any(Content)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_signal_of_datastar_is_an_upload() {
        let signal = r#"[{"name": "C:\\pictures\\a.png", "contents": "iVBORw==", "mime": "image/png"}]"#;
        let files: Vec<Upload> = serde_json::from_str(signal).unwrap();
        assert_eq!(files[0].name, "a.png");
        assert_eq!(files[0].content_type, "image/png");
        assert_eq!(&files[0].bytes[..], b"\x89PNG");
    }

    #[test]
    fn what_is_not_base64_is_refused() {
        assert!(serde_json::from_str::<Upload>(r#"{"name": "", "mime": "", "contents": "<>"}"#).is_err());
    }
}

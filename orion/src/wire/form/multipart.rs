//! `multipart/form-data` (RFC 7578): the only place that names the crate `multer`.

use std::convert::Infallible;
use std::future::ready;

use bytes::Bytes;
use futures_util::{FutureExt as _, stream};

use super::{Fields, Value};
use crate::wire::rejection::Rejection;
use crate::wire::upload::Upload;

pub(super) fn read(content_type: &str, body: &Bytes) -> Result<Fields, Rejection> {
    let boundary = multer::parse_boundary(content_type).map_err(|_| malformed())?;
    // The whole body is here, so the parser never has to wait for more.
    parts(boundary, body.clone()).now_or_never().unwrap_or_else(|| Err(malformed()))
}

async fn parts(boundary: String, body: Bytes) -> Result<Fields, Rejection> {
    let body = stream::once(ready(Ok::<_, Infallible>(body)));
    let mut parts = multer::Multipart::new(body, boundary);
    let mut fields = Fields::default();
    let mut at = 0;
    while let Some(part) = parts.next_field().await.map_err(|_| malformed())? {
        let name = part.name().map(str::to_owned);
        let file = part.file_name().map(str::to_owned);
        let content_type = part.content_type().map(ToString::to_string);
        let bytes = part.bytes().await.map_err(|_| malformed())?;
        let Some(name) = name else { continue };
        let value = match file {
            // How a browser sends a file input in which nothing was chosen.
            Some(file) if file.is_empty() && bytes.is_empty() => continue,
            Some(name) => Value::File(Upload {
                name,
                content_type: content_type.unwrap_or_else(|| "application/octet-stream".into()),
                bytes,
            }),
            None => Value::Text(String::from_utf8_lossy(&bytes).into_owned()),
        };
        fields.add(at, name, value)?;
        at += 1;
    }
    Ok(fields)
}

fn malformed() -> Rejection {
    Rejection::Malformed("The form is not well-formed multipart/form-data.".into())
}

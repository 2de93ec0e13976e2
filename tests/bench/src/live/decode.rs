//! What a stream received, from its raw bytes: chunks, coding, events.

use std::io::Read;

use crate::Outcome;
use crate::live::http::header;

/// The elements of the last whole event that patches some, of a stream that has not ended.
pub(crate) fn last_elements(raw: &[u8]) -> Outcome<String> {
    let end = raw.windows(4).position(|four| four == b"\r\n\r\n").ok_or("no head")? + 4;
    let head = str::from_utf8(&raw[..end])?;
    let chunks = dechunked(&raw[end..])?;
    let text = match header(head, "content-encoding") {
        Some("br") => unfinished(brotli::Decompressor::new(&*chunks, 4096)),
        Some("gzip") => unfinished(flate2::read::GzDecoder::new(&*chunks)),
        _ => chunks,
    };
    let text = str::from_utf8(&text)?;
    let whole = text.rfind("\n\n").ok_or("no event")?;
    let patches = text[..whole].split("\n\n").filter(|event| event.contains("data: elements "));
    let last = patches.last().ok_or("no event patches elements")?;
    let lines: Vec<&str> = last.lines().filter_map(|line| line.strip_prefix("data: elements ")).collect();
    Ok(lines.join("\n"))
}

/// The whole chunks (RFC 9112, section 7.1).
fn dechunked(mut raw: &[u8]) -> Outcome<Vec<u8>> {
    let mut body = Vec::new();
    while let Some(at) = raw.windows(2).position(|two| two == b"\r\n") {
        let length = usize::from_str_radix(str::from_utf8(&raw[..at])?, 16)?;
        let Some(chunk) = raw.get(at + 2..at + 2 + length) else { break };
        body.extend_from_slice(chunk);
        raw = raw.get(at + 4 + length..).unwrap_or_default();
    }
    Ok(body)
}

/// All that can be read of a coded stream that goes on.
fn unfinished(mut reader: impl Read) -> Vec<u8> {
    let (mut text, mut buffer) = (Vec::new(), [0; 4096]);
    while let Ok(1..) = reader.read(&mut buffer).inspect(|&count| text.extend_from_slice(&buffer[..count])) {}
    text
}

#[cfg(test)]
mod tests {
    use super::last_elements;

    #[test]
    fn the_last_whole_event_of_an_open_stream_is_found() {
        let events = [
            "event: a\ndata: elements <p>1</p>\n\n",
            "event: a\ndata: elements <p>2</p>\n\n",
            "event: a\ndata: el",
        ];
        let mut raw = b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n".to_vec();
        for event in events {
            raw.extend(format!("{:x}\r\n{event}\r\n", event.len()).as_bytes());
        }
        assert_eq!(last_elements(&raw).unwrap(), "<p>2</p>");
    }
}

//! What a stream received, decoded as it comes: chunks, coding, events. Keeps the last elements only, however long it takes.

use std::io::{self, Write as _};

use brotli::DecompressorWriter;
use flate2::write::GzDecoder;

use super::http::header;
use crate::Outcome;

/// A stream that is decoded.
#[derive(Default)]
pub(crate) struct Kept {
    /// Bytes that are not understood yet: the head, or the line before a chunk.
    raw: Vec<u8>,
    /// What is missing of the chunk.
    missing: usize,
    decoder: Option<Decoder>,
    /// Of the event that has not ended.
    text: Vec<u8>,
    elements: String,
}

enum Decoder {
    Identity,
    Gzip(Box<GzDecoder<Vec<u8>>>),
    Br(Box<DecompressorWriter<Vec<u8>>>),
}

impl Kept {
    /// The elements of the last whole event that patched some.
    pub(crate) fn elements(&self) -> &str {
        &self.elements
    }

    /// Takes in what arrived.
    pub(crate) fn take(&mut self, bytes: &[u8]) -> Outcome<()> {
        self.raw.extend_from_slice(bytes);
        let mut rest = std::mem::take(&mut self.raw);
        let mut at = 0;
        while let Some(length) = self.step(&rest[at..])? {
            at += length;
        }
        rest.drain(..at);
        self.raw = rest;
        Ok(())
    }

    /// Understands something at the beginning of `raw`, and says how long it was; `None` where more must come first.
    fn step(&mut self, raw: &[u8]) -> Outcome<Option<usize>> {
        let Some(decoder) = &mut self.decoder else {
            let Some(end) = raw.windows(4).position(|four| four == b"\r\n\r\n") else { return Ok(None) };
            self.decoder = Some(Decoder::of(str::from_utf8(&raw[..end])?));
            return Ok(Some(end + 4));
        };
        if self.missing > 0 {
            let length = self.missing.min(raw.len());
            if length == 0 {
                return Ok(None);
            }
            decoder.decode(&raw[..length], &mut self.text)?;
            self.missing -= length;
            self.events()?;
            return Ok(Some(length));
        }
        // The line that begins a chunk (RFC 9112, section 7.1), or what ends the one before it.
        let Some(end) = raw.windows(2).position(|two| two == b"\r\n") else { return Ok(None) };
        if end > 0 {
            self.missing = usize::from_str_radix(str::from_utf8(&raw[..end])?, 16)?;
        }
        Ok(Some(end + 2))
    }

    fn events(&mut self) -> Outcome<()> {
        let Some(end) = self.text.windows(2).rposition(|two| two == b"\n\n") else { return Ok(()) };
        let whole = str::from_utf8(&self.text[..end])?;
        if let Some(event) = whole.split("\n\n").filter(|event| event.contains("data: elements ")).last() {
            let lines: Vec<&str> =
                event.lines().filter_map(|line| line.strip_prefix("data: elements ")).collect();
            self.elements = lines.join("\n");
        }
        self.text.drain(..end + 2);
        Ok(())
    }
}

impl Decoder {
    fn of(head: &str) -> Self {
        match header(head, "content-encoding") {
            Some("br") => Self::Br(Box::new(DecompressorWriter::new(Vec::new(), 4096))),
            Some("gzip") => Self::Gzip(Box::new(GzDecoder::new(Vec::new()))),
            _ => Self::Identity,
        }
    }

    /// Appends to `text` what can be read once `bytes` have come too.
    fn decode(&mut self, bytes: &[u8], text: &mut Vec<u8>) -> io::Result<()> {
        match self {
            Self::Identity => text.extend_from_slice(bytes),
            Self::Gzip(decoder) => {
                decoder.write_all(bytes)?;
                decoder.flush()?;
                text.append(decoder.get_mut());
            }
            Self::Br(decoder) => {
                decoder.write_all(bytes)?;
                // What is larger than its buffer comes out bit by bit.
                let mut before = None;
                while before != Some(decoder.get_ref().len()) {
                    before = Some(decoder.get_ref().len());
                    let _ = decoder.write(&[])?;
                }
                text.append(decoder.get_mut());
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::Kept;

    #[test]
    fn the_last_whole_event_is_found_however_the_bytes_were_split() {
        let mut raw = b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n".to_vec();
        for event in
            ["a: 1\ndata: elements <p>1</p>\n\n", "a: 1\ndata: elements <p>2</p>\n\n", "a: 1\ndata: el"]
        {
            raw.extend(format!("{:x}\r\n{event}\r\n", event.len()).as_bytes());
        }
        for size in [1, 7, raw.len()] {
            let mut kept = Kept::default();
            raw.chunks(size).for_each(|piece| kept.take(piece).unwrap());
            assert_eq!(kept.elements(), "<p>2</p>");
        }
    }
}

//! Content codings in the heads of requests and answers.

/// The request with another `Accept-Encoding`, if it has one. Its head must have come as a whole, as those of browsers do.
pub(super) fn accepting(request: &[u8], coding: &str) -> Vec<u8> {
    let mut lines: Vec<&[u8]> = request.split_inclusive(|&byte| byte == b'\n').collect();
    let header = format!("accept-encoding: {coding}\r\n");
    let head = lines.iter_mut().take_while(|line| **line != *b"\r\n");
    for line in head.filter(|line| line.to_ascii_lowercase().starts_with(b"accept-encoding:")) {
        *line = header.as_bytes();
    }
    lines.concat()
}

/// The coding of the answer with this head, which is in lower case.
pub(super) fn of(head: &str) -> &str {
    let named = head.lines().find_map(|line| line.strip_prefix("content-encoding:"));
    named.map_or("identity", str::trim)
}

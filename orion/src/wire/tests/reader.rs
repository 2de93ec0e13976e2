//! A reader of event streams: lines and fields by WHATWG HTML, section 9.2.6; what is in `data` as Datastar's client reads it.

/// An event as it arrived.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Received {
    pub(super) event: String,
    pub(super) id: Option<String>,
    pub(super) retry: Option<String>,
    /// Each key of the data once, its lines joined with LF.
    pub(super) data: Vec<(String, String)>,
}

impl Received {
    pub(super) fn value(&self, key: &str) -> Option<&str> {
        self.data.iter().find(|(k, _)| k == key).map(|(_, value)| value.as_str())
    }

    pub(super) fn keys(&self) -> Vec<&str> {
        self.data.iter().map(|(key, _)| key.as_str()).collect()
    }

    fn add(&mut self, key: &str, line: &str) {
        match self.data.iter_mut().find(|(k, _)| k == key) {
            Some((_, value)) => {
                value.push('\n');
                value.push_str(line);
            }
            None => self.data.push((key.into(), line.into())),
        }
    }
}

/// Every event that the stream dispatches; an unfinished one at its end is lost.
pub(super) fn read(stream: &str) -> Vec<Received> {
    let mut events = Vec::new();
    let mut event = Received::default();
    let mut any = false;
    for line in terminated_lines(stream.strip_prefix('\u{feff}').unwrap_or(stream)) {
        if line.is_empty() {
            if std::mem::take(&mut any) {
                events.push(std::mem::take(&mut event));
            }
            continue;
        }
        let (field, value) = line.split_once(':').unwrap_or((line, ""));
        let value = value.strip_prefix(' ').unwrap_or(value);
        any = true;
        match field {
            "event" => event.event = value.into(),
            "id" if !value.contains('\0') => event.id = Some(value.into()),
            "retry" => event.retry = Some(value.into()),
            "data" => {
                let (key, line) = value.split_once(' ').unwrap_or((value, ""));
                event.add(key, line);
            }
            _ => {}
        }
    }
    events
}

fn terminated_lines(stream: &str) -> Vec<&str> {
    let mut lines = Vec::new();
    let mut rest = stream;
    while let Some(end) = rest.find(['\n', '\r']) {
        lines.push(&rest[..end]);
        let width = if rest[end..].starts_with("\r\n") { 2 } else { 1 };
        rest = &rest[end + width..];
    }
    lines
}

/// A value as it can arrive at best: every line break an LF, and the one at the very end gone.
pub(super) fn arrived(value: &str) -> String {
    let value = value.replace("\r\n", "\n").replace('\r', "\n");
    value.strip_suffix('\n').unwrap_or(&value).to_owned()
}

#[test]
fn a_hand_written_stream_is_read() {
    let events = read(
        ": comment\nevent: a\r\ndata: k x\rdata: k  y\ndata:k\nid: 7\nretry: 5\n\n\n\nevent: b\n\nevent: lost\n",
    );
    assert_eq!(events.len(), 2);
    assert_eq!(events[0].value("k"), Some("x\n y\n"));
    assert_eq!((events[0].id.as_deref(), events[0].retry.as_deref()), (Some("7"), Some("5")));
    assert_eq!(events[1].event, "b");
}

//! The event stream format of the HTML standard ("9.2.6 Interpreting an event stream").

/// One event.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Event {
    /// The event's name; empty if it gave none.
    pub name: String,
    /// The values of its `data` lines.
    pub data: Vec<String>,
    /// Its `id`.
    pub id: Option<String>,
    /// Its `retry`, in milliseconds.
    pub retry: Option<u64>,
}

impl Event {
    /// A value of a Datastar event: the lines `KEY …` of its data, joined.
    ///
    /// ```
    /// let event = orion_tests::http::Event {
    ///     data: vec!["selector #list".to_owned(), "elements <p>".to_owned(), "elements </p>".to_owned()],
    ///     ..Default::default()
    /// };
    /// assert_eq!(event.value("elements"), "<p>\n</p>");
    /// assert_eq!(event.value("mode"), "");
    /// ```
    pub fn value(&self, key: &str) -> String {
        let lines = self.data.iter().filter_map(|line| line.split_once(' '));
        let values: Vec<&str> = lines.filter(|(name, _)| *name == key).map(|(_, value)| value).collect();
        values.join("\n")
    }

    /// Takes in a line; `false` if it says nothing.
    fn take(&mut self, line: &str) -> bool {
        let (field, value) = line.split_once(':').unwrap_or((line, ""));
        let value = value.strip_prefix(' ').unwrap_or(value);
        match field {
            "event" => value.clone_into(&mut self.name),
            "data" => self.data.push(value.to_owned()),
            "id" => self.id = Some(value.to_owned()),
            "retry" => self.retry = value.parse().ok(),
            // A comment has an empty field name.
            _ => return false,
        }
        true
    }
}

/// Cuts bytes into events, however they were split on their way.
#[derive(Debug, Default)]
pub(super) struct Parser {
    line: Vec<u8>,
    event: Event,
    /// Whether the event has a line yet.
    begun: bool,
    after_cr: bool,
}

impl Parser {
    /// The events that end in `bytes`. Unlike a browser it also reports those without data, such as a lone `retry`.
    pub(super) fn read(&mut self, bytes: &[u8]) -> Vec<Event> {
        let mut events = Vec::new();
        for &byte in bytes {
            let second_half = std::mem::replace(&mut self.after_cr, byte == b'\r') && byte == b'\n';
            match byte {
                b'\n' if second_half => {}
                b'\n' | b'\r' => events.extend(self.end_of_line()),
                byte => self.line.push(byte),
            }
        }
        events
    }

    fn end_of_line(&mut self) -> Option<Event> {
        let line = std::mem::take(&mut self.line);
        if !line.is_empty() {
            self.begun |= self.event.take(&String::from_utf8_lossy(&line));
            return None;
        }
        std::mem::take(&mut self.begun).then(|| std::mem::take(&mut self.event))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<Event> {
        Parser::default().read(text.as_bytes())
    }

    #[test]
    fn every_kind_of_line_end_ends_a_line() {
        for end in ["\n", "\r\n", "\r"] {
            let text = ["event: a", "data: 1", "data: 2", "", "data: 3", "", ""].join(end);
            let events = read(&text);
            assert_eq!(events.len(), 2, "{end:?}");
            assert_eq!((events[0].name.as_str(), &events[0].data[..]), ("a", &["1".into(), "2".into()][..]));
        }
    }

    #[test]
    fn an_event_comes_whole_however_its_bytes_were_split() {
        let text = "id: 7\r\nretry: 250\r\ndata: elements ü\r\n\r\n";
        let mut parser = Parser::default();
        let events: Vec<Event> = text.as_bytes().chunks(1).flat_map(|byte| parser.read(byte)).collect();
        assert_eq!(events, read(text));
        assert_eq!((events[0].id.as_deref(), events[0].retry), (Some("7"), Some(250)));
    }

    #[test]
    fn only_one_blank_after_the_colon_is_dropped() {
        assert_eq!(read("data:  a\ndata:b\n\n")[0].data, [" a", "b"]);
    }

    #[test]
    fn comments_and_unfinished_events_are_no_events() {
        assert_eq!(read(": still here\n\ndata: unfinished\n"), []);
    }
}

//! Text in a unit file (`systemd.syntax(7)`): what has a meaning there must not have it.

/// A value that goes to the end of its line: only specifiers, which begin with `%`, have a meaning.
pub(super) fn specifier(text: &str) -> Result<String, String> {
    if text.contains(char::is_control) {
        return Err(format!("{text:?} cannot be written into a unit"));
    }
    Ok(text.replace('%', "%%"))
}

/// One of several words of a line.
pub(super) fn word(text: &str) -> Result<String, String> {
    Ok(format!("\"{}\"", specifier(text)?.replace('\\', "\\\\").replace('"', "\\\"")))
}

/// A word of a command line, where variables have a meaning too.
pub(super) fn argument(text: &str) -> Result<String, String> {
    Ok(word(text)?.replace('$', "$$"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_a_meaning_is_written_so_that_it_has_none() {
        let path = "/srv/50% \"$HOME\"\\n";
        assert_eq!(specifier(path).unwrap(), "/srv/50%% \"$HOME\"\\n");
        assert_eq!(word(path).unwrap(), r#""/srv/50%% \"$HOME\"\\n""#);
        assert_eq!(argument(path).unwrap(), r#""/srv/50%% \"$$HOME\"\\n""#);
    }

    #[test]
    fn a_second_line_is_refused() {
        assert!(word("/srv\nUser=root").is_err());
    }
}

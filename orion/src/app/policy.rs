//! The content security policy of a document: which scripts, styles and places it may use (<https://www.w3.org/TR/CSP3/>).

use http::HeaderValue;

use crate::error::{Error, Result};
use crate::nonce::Nonce;

/// What a document may use unless it says more. Scripts need the answer's nonce, wherever they come from: markup that somebody
/// slipped into the page does not know it.
const DIRECTIVES: [(&str, &str); 10] = [
    ("default-src", "'self'"),
    ("script-src", ""),
    // A worker has no attributes, so no nonce.
    ("worker-src", "'self'"),
    ("style-src", "'self'"),
    // Attributes only: what `style="…"` can load is bounded by the others.
    ("style-src-attr", "'unsafe-inline'"),
    ("img-src", "'self' data:"),
    ("object-src", "'none'"),
    ("base-uri", "'none'"),
    ("form-action", "'self'"),
    ("frame-ancestors", "'none'"),
];

/// What a page allows itself beyond what every page may: a directive and a source.
pub(crate) type Allowed = (String, String);

/// The header's value for an answer with this nonce.
///
/// # Errors
/// If what is allowed is no directive or no source.
pub(crate) fn header(nonce: &Nonce, allowed: &[Allowed]) -> Result<HeaderValue> {
    let mut directives: Vec<(&str, String)> =
        DIRECTIVES.iter().map(|&(name, sources)| (name, sources.to_owned())).collect();
    for (name, source) in allowed {
        if !is_name(name) || !is_source(source) {
            return Err(Error::internal(format!(
                "a page cannot allow `{source}` in `{name}`: it must be one source, such as https://example.com, in a directive, such as img-src"
            )));
        }
        let at = directives.iter().position(|(known, _)| known == name).unwrap_or_else(|| {
            directives.push((name, "'self'".to_owned()));
            directives.len() - 1
        });
        let sources = &mut directives[at].1;
        if sources == "'none'" {
            sources.clear();
        }
        sources.push(' ');
        sources.push_str(source);
    }
    let text: Vec<String> = directives
        .iter()
        .map(|(name, sources)| match *name {
            "script-src" | "style-src" => format!("{name} 'nonce-{nonce}' {}", sources.trim()),
            _ => format!("{name} {}", sources.trim()),
        })
        .map(|directive| directive.trim_end().to_owned())
        .collect();
    Ok(HeaderValue::from_str(&text.join("; "))?)
}

fn is_name(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|b| b.is_ascii_lowercase() || b == b'-')
}

/// One source: what could end it or its directive is no part of it.
fn is_source(source: &str) -> bool {
    !source.is_empty() && source.bytes().all(|b| b.is_ascii_graphic() && b != b';' && b != b',')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn policy(allowed: &[(&str, &str)]) -> Result<String> {
        let allowed: Vec<_> = allowed.iter().map(|&(a, b)| (a.to_owned(), b.to_owned())).collect();
        let nonce = Nonce::fresh();
        let value = header(&nonce, &allowed)?;
        Ok(value.to_str().unwrap().replace(nonce.as_str(), "N"))
    }

    #[test]
    fn scripts_need_the_nonce_and_nothing_may_be_evaluated() {
        let policy = policy(&[]).unwrap();
        assert_eq!(
            policy,
            "default-src 'self'; script-src 'nonce-N'; worker-src 'self'; style-src 'nonce-N' 'self'; \
             style-src-attr 'unsafe-inline'; img-src 'self' data:; object-src 'none'; base-uri 'none'; \
             form-action 'self'; frame-ancestors 'none'"
        );
    }

    #[test]
    fn what_a_page_allows_stands_beside_what_every_page_may() {
        let policy = policy(&[
            ("img-src", "https://a.example"),
            ("frame-ancestors", "https://b.example"),
            ("font-src", "https://c.example"),
            ("script-src", "https://d.example"),
            ("frame-ancestors", "'self'"),
        ])
        .unwrap();
        for part in [
            "; img-src 'self' data: https://a.example;",
            "; frame-ancestors https://b.example 'self';",
            "; font-src 'self' https://c.example",
            "; script-src 'nonce-N' https://d.example;",
        ] {
            assert!(policy.contains(part), "{part}: {policy}");
        }
    }

    #[test]
    fn what_would_end_the_directive_is_refused_in_words() {
        for (name, source) in [
            ("img-src", "a; script-src *"),
            ("img-src", "a,b"),
            ("img-src", "a\r\nx: y"),
            ("img-src", ""),
            ("img-src", "a b"),
            ("", "a"),
            ("img-src a; script-src", "*"),
        ] {
            let error = policy(&[(name, source)]).unwrap_err().to_string();
            assert!(error.starts_with("a page cannot allow `"), "{error}");
        }
    }
}

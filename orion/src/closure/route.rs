//! Whether two routes can answer one request.

use crate::constant::same;

/// What two paths have in common.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Overlap {
    /// No request is both.
    None,
    /// Some requests are both.
    Some,
    /// The same path, but for the names of its parameters.
    Same,
    /// `{*rest}` stands where the other has a parameter, and the router could not tell them apart.
    Rest,
}

/// Compares two paths. What `{*rest}` takes is what nobody else does, so it overlaps with another of its kind only.
pub(crate) const fn overlap(a: &str, b: &str) -> Overlap {
    let (mut a, mut b) = (a, b);
    let mut same_shape = true;
    loop {
        let ((first, rest), (second, other)) = (segment(a), segment(b));
        match (kind(first), kind(second)) {
            (Kind::Rest, Kind::Rest) => return if same_shape { Overlap::Same } else { Overlap::Some },
            (Kind::Rest, Kind::Parameter) | (Kind::Parameter, Kind::Rest) if same_shape => {
                return Overlap::Rest;
            }
            (Kind::Rest, _) | (_, Kind::Rest) => return Overlap::None,
            (Kind::Plain, Kind::Plain) => {
                if !same(first, second) {
                    return Overlap::None;
                }
            }
            (Kind::Parameter, Kind::Parameter) => {}
            // `/a/` has an empty segment at its end, which no parameter is.
            (Kind::Plain, Kind::Parameter) | (Kind::Parameter, Kind::Plain) => {
                if first.is_empty() || second.is_empty() {
                    return Overlap::None;
                }
                same_shape = false;
            }
        }
        match (rest, other) {
            (Some(next), Some(further)) => (a, b) = (next, further),
            (None, None) => return if same_shape { Overlap::Same } else { Overlap::Some },
            _ => return Overlap::None,
        }
    }
}

enum Kind {
    Plain,
    Parameter,
    Rest,
}

const fn kind(segment: &str) -> Kind {
    match segment.as_bytes() {
        [b'{', b'*', ..] => Kind::Rest,
        [b'{', ..] => Kind::Parameter,
        _ => Kind::Plain,
    }
}

/// The path up to its first slash, and what follows that.
const fn segment(path: &str) -> (&str, Option<&str>) {
    let bytes = path.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        if bytes[at] == b'/' {
            return (path.split_at(at).0, Some(path.split_at(at + 1).1));
        }
        at += 1;
    }
    (path, None)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_paths_are_the_same_whatever_their_parameters_are_called() {
        for (a, b) in [("/", "/"), ("/a/{x}", "/a/{y}"), ("/{*a}", "/{*b}"), ("/a/", "/a/")] {
            assert_eq!(overlap(a, b), Overlap::Same, "{a} {b}");
        }
    }

    #[test]
    fn a_parameter_overlaps_with_a_word_in_its_place() {
        for (a, b) in [("/a/{x}", "/a/new"), ("/{a}/x", "/b/{c}"), ("/{a}", "/new")] {
            assert_eq!(overlap(a, b), Overlap::Some, "{a} {b}");
            assert_eq!(overlap(b, a), Overlap::Some, "{b} {a}");
        }
    }

    #[test]
    fn a_rest_cannot_stand_where_a_parameter_does() {
        assert_eq!(overlap("/a/{x}", "/a/{*rest}"), Overlap::Rest);
        assert_eq!(overlap("/{*rest}", "/{x}/b"), Overlap::Rest);
    }

    #[test]
    fn other_paths_have_nothing_in_common() {
        for (a, b) in [
            ("/a", "/b"),
            ("/a", "/a/"),
            ("/a/{x}", "/a/"),
            ("/a/{x}", "/a/b/c"),
            ("/{*rest}", "/a"),
            ("/a/{x}", "/b/{*rest}"),
        ] {
            assert_eq!(overlap(a, b), Overlap::None, "{a} {b}");
            assert_eq!(overlap(b, a), Overlap::None, "{b} {a}");
        }
    }
}

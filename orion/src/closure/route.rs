//! Whether two routes can answer one request.

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
///
/// Byte by byte and without calls: `orion::main!` compares every two routes of an application in a constant, where each step
/// costs a thousand times what it costs at run time.
pub(crate) const fn overlap(a: &str, b: &str) -> Overlap {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    let (mut i, mut j) = (0, 0);
    let mut same_shape = true;
    loop {
        // Both stand at the beginning of a segment.
        let (in_a, in_b) = (i < a.len() && a[i] == b'{', j < b.len() && b[j] == b'{');
        if in_a || in_b {
            let rest_a = in_a && i + 1 < a.len() && a[i + 1] == b'*';
            let rest_b = in_b && j + 1 < b.len() && b[j + 1] == b'*';
            if rest_a || rest_b {
                return match (same_shape, rest_a && rest_b, in_a && in_b) {
                    (true, true, _) => Overlap::Same,
                    (false, true, _) => Overlap::Some,
                    (true, false, true) => Overlap::Rest,
                    _ => Overlap::None,
                };
            }
            // `/a/` has an empty segment at its end, which no parameter is.
            if i == a.len() || a[i] == b'/' || j == b.len() || b[j] == b'/' {
                return Overlap::None;
            }
            same_shape = same_shape && in_a && in_b;
            while i < a.len() && a[i] != b'/' {
                i += 1;
            }
            while j < b.len() && b[j] != b'/' {
                j += 1;
            }
        } else {
            while i < a.len() && j < b.len() && a[i] == b[j] && a[i] != b'/' {
                i += 1;
                j += 1;
            }
            if (i < a.len() && a[i] != b'/') || (j < b.len() && b[j] != b'/') {
                return Overlap::None;
            }
        }
        match (i == a.len(), j == b.len()) {
            (false, false) => {
                i += 1;
                j += 1;
            }
            (true, true) => return if same_shape { Overlap::Same } else { Overlap::Some },
            _ => return Overlap::None,
        }
    }
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

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

    /// What the macro, which compares the routes of one slice, is asked too.
    const CASES: &str = include_str!("route/cases.txt");

    #[test]
    fn two_paths_have_this_in_common() {
        for case in CASES.lines() {
            let [verdict, a, b] = case.split_whitespace().collect::<Vec<_>>()[..] else { panic!("{case}") };
            assert_eq!(format!("{:?}", overlap(a, b)), verdict, "{a} {b}");
            assert_eq!(format!("{:?}", overlap(b, a)), verdict, "{b} {a}");
        }
    }
}

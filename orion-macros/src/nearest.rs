//! The name that somebody probably meant.

use crate::spelling;

/// `did you mean …?` where one of the known names is near, else the list of all.
pub(crate) fn hint(name: &str, known: &[&str]) -> String {
    if let Some(nearest) = nearest(name, known.iter().copied()) {
        return format!("did you mean `{nearest}`?");
    }
    let list = spelling::list(known.iter().copied());
    match known.len() {
        0 => "there is none".to_owned(),
        1 => format!("there is only {list}"),
        _ => format!("there are {list}"),
    }
}

/// The known name that is nearest, if any is near enough for a slip of the fingers.
pub(crate) fn nearest<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let near = |candidate: &str| (name.chars().count().max(candidate.chars().count()) / 3).max(1);
    known
        .into_iter()
        .map(|candidate| (distance(name, candidate), candidate))
        // With every letter another one it is another name.
        .filter(|(distance, candidate)| *distance <= near(candidate) && *distance < candidate.chars().count())
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// As [`nearest`] for names with dots: each part is near, so that a long part before it makes no slip of `edit.id` for `edit.at`.
pub(crate) fn nearest_dotted<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let is_near = |candidate: &&str| {
        let (parts, others) = (name.split('.'), candidate.split('.'));
        parts.clone().count() == others.clone().count()
            && parts.zip(others).all(|(part, other)| part == other || nearest(part, [other]).is_some())
    };
    nearest(name, known.into_iter().filter(is_near))
}

/// Names of two sides, of which some are the same name written differently.
#[derive(Debug, PartialEq)]
pub(crate) struct Pairs<'a> {
    pub(crate) both: Vec<(&'a str, &'a str)>,
    pub(crate) left: Vec<&'a str>,
    pub(crate) right: Vec<&'a str>,
}

/// Puts together what was probably meant to be the same, so that one slip is reported once: near names first, then
/// the last two if one is left on each side.
pub(crate) fn pair<'a>(left: Vec<&'a str>, mut right: Vec<&'a str>) -> Pairs<'a> {
    let (mut both, mut alone) = (Vec::new(), Vec::new());
    for name in left {
        let near = nearest(name, right.iter().copied());
        match near.and_then(|near| right.iter().position(|other| *other == near)) {
            Some(at) => both.push((name, right.remove(at))),
            None => alone.push(name),
        }
    }
    if let ([one], [other]) = (&alone[..], &right[..]) {
        both.push((one, other));
        (alone, right) = (Vec::new(), Vec::new());
    }
    Pairs { both, left: alone, right }
}

/// How many characters to insert, remove, replace or swap with their neighbour (optimal string alignment).
fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) =
        (a.to_lowercase().chars().collect(), b.to_lowercase().chars().collect());
    let mut rows = vec![vec![0; b.len() + 1]; a.len() + 1];
    for (i, row) in rows.iter_mut().enumerate() {
        row[0] = i;
    }
    rows[0] = (0..=b.len()).collect();
    for i in 1..=a.len() {
        for j in 1..=b.len() {
            let replaced = rows[i - 1][j - 1] + usize::from(a[i - 1] != b[j - 1]);
            let mut best = replaced.min(rows[i - 1][j] + 1).min(rows[i][j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                best = best.min(rows[i - 2][j - 2] + 1);
            }
            rows[i][j] = best;
        }
    }
    rows[a.len()][b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_the_fingers_finds_the_name() {
        assert_eq!(nearest("titel", ["id", "title"]), Some("title"));
        assert_eq!(nearest("nmae", ["name"]), Some("name"));
        assert_eq!(nearest("Pots", ["post", "put"]), Some("post"));
    }

    #[test]
    fn another_word_is_not_near() {
        assert_eq!(nearest("colour", ["name", "title"]), None);
        assert_eq!(nearest("a", ["id", "b"]), None);
    }

    #[test]
    fn each_part_of_a_name_with_dots_is_near() {
        assert_eq!(nearest_dotted("edit.titel", ["title", "edit.id", "edit.title"]), Some("edit.title"));
        assert_eq!(nearest_dotted("edti.title", ["edit.title"]), Some("edit.title"));
        assert_eq!(nearest_dotted("edit.id", ["edit.at", "edit"]), None);
    }

    #[test]
    fn one_slip_is_one_pair() {
        let pairs = |both| Pairs { both, left: vec![], right: vec![] };
        assert_eq!(
            pair(vec!["id", "titel"], vec!["title", "id"]),
            pairs(vec![("id", "id"), ("titel", "title")])
        );
        assert_eq!(pair(vec!["name"], vec!["title"]), pairs(vec![("name", "title")]));
        assert_eq!(
            pair(vec!["name", "colour"], vec!["title"]),
            Pairs { both: vec![], left: vec!["name", "colour"], right: vec!["title"] }
        );
    }

    #[test]
    fn without_a_near_name_all_are_listed() {
        assert_eq!(hint("x", &[]), "there is none");
        assert_eq!(hint("colour", &["name"]), "there is only `name`");
        assert_eq!(hint("fetch", &["put", "post", "delete"]), "there are `put`, `post` and `delete`");
    }
}

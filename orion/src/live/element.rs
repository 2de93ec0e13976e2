//! The element of a region: the `div` that the stream patches, and its id.

use std::fmt::Write as _;

use hmac_sha256::Hash;
use serde_json::Value;

use crate::live::Embed;

/// The longest text that stands in an id as it is.
const LONGEST: usize = 64;

/// The id of a region's element: `slice-region`, then `-` and each argument.
///
/// An integer stands there as it is, and so does text of `A-Z a-z 0-9 _` that could not be taken for an integer; anything
/// else is `--` and a hash of its place and of all arguments. Two regions or arguments never have the same id: the parts
/// hold no `-` of their own but for a sign, and nobody finds two texts with one hash of 128 bits.
///
/// ```
/// use orion::decl::Region;
/// use orion::live::{Args, Embed, element_id};
///
/// const BOARD: Region = Region::new("boards", "board", |_| Ok(maud::html! {}));
/// # use orion::maud;
///
/// assert_eq!(element_id(&Embed::new(&BOARD, Args::none())), "boards-board");
/// assert_eq!(element_id(&Embed::new(&BOARD, Args::new(&(7, "done")))), "boards-board-7-done");
/// ```
pub fn element_id(embed: &Embed) -> String {
    let mut id = format!("{}-{}", embed.region.slice, embed.region.name);
    let text = embed.args.as_str();
    let Ok(args) = serde_json::from_str::<Vec<Value>>(text) else {
        id.push('-');
        push_hash(&mut id, 0, text);
        return id;
    };
    for (at, arg) in args.iter().enumerate() {
        id.push('-');
        match arg {
            Value::Number(number) if number.is_i64() || number.is_u64() => {
                let _ = write!(id, "{number}");
            }
            Value::String(word) if is_word(word) => id.push_str(word),
            _ => push_hash(&mut id, at, text),
        }
    }
    id
}

fn is_word(text: &str) -> bool {
    (1..=LONGEST).contains(&text.len())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
        && !text.bytes().all(|byte| byte.is_ascii_digit())
}

/// The hash is of the text of all arguments, which is exact where a parsed number is not.
fn push_hash(id: &mut String, at: usize, args: &str) {
    let hash = Hash::hash(format!("{at} {args}").as_bytes());
    id.push_str("--");
    for byte in &hash[..16] {
        let _ = write!(id, "{byte:02x}");
    }
}

/// The element around a region's markup.
pub(super) fn element(id: &str, inner: &str) -> String {
    format!("<div id=\"{id}\" data-orion-region>{inner}</div>")
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use maud::html;
    use proptest::prelude::*;
    use serde::Serialize;

    use super::*;
    use crate::decl::Region;
    use crate::live::Args;

    const TAG: Region = Region::new("board", "tag", |_| Ok(html! {}));

    fn id(tuple: &impl Serialize) -> String {
        element_id(&Embed::new(&TAG, Args::new(tuple)))
    }

    #[test]
    fn integers_and_words_stand_as_they_are() {
        assert_eq!(
            id(&(i64::MIN, u64::MAX, "a_B9")),
            "board-tag--9223372036854775808-18446744073709551615-a_B9"
        );
    }

    #[test]
    fn anything_else_is_a_hash_that_is_safe_in_a_selector() {
        for hostile in ["", "a b", "a-b", "\"><script>", "ä", "a\r\nb", "x".repeat(100_000).as_str()] {
            let id = id(&(hostile,));
            assert_eq!(id.len(), "board-tag-".len() + 34, "{id}");
            assert!(id.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-'), "{id}");
        }
    }

    #[test]
    fn arguments_that_look_like_each_other_have_different_ids() {
        let hash_of_a_b = id(&("a b",)).replace("board-tag-", "");
        let alike = [
            id(&(7,)),
            id(&("7",)),
            id(&(-7,)),
            id(&("-7",)),
            id(&("7", 7)),
            id(&(7, "7")),
            id(&("7-7",)),
            id(&(7.0,)),
            id(&(true,)),
            id(&("true",)),
            id(&(Option::<i64>::None,)),
            id(&("null",)),
            id(&("a b",)),
            id(&(hash_of_a_b.as_str(),)),
            id(&(hash_of_a_b.trim_start_matches('-'),)),
            id(&((1, 2),)),
            id(&(1, 2)),
            id(&("",)),
            id(&("", "")),
            id(&()),
            // Not the same number, though the same `f64`.
            id(&(u128::MAX,)),
            id(&(u128::MAX - 1,)),
        ];
        let mut seen = HashMap::new();
        for (at, id) in alike.iter().enumerate() {
            if let Some(before) = seen.insert(id, at) {
                panic!("{before} and {at} are both {id}");
            }
        }
    }

    #[test]
    fn arguments_that_are_no_json_have_an_id_too() {
        let broken = element_id(&Embed::new(&TAG, Args::from_wire("]7[")));
        assert!(broken.starts_with("board-tag--"));
    }

    proptest! {
        #[test]
        fn different_arguments_have_different_ids(
            a in prop::collection::vec(argument(), 0..3),
            b in prop::collection::vec(argument(), 0..3),
        ) {
            prop_assert_eq!(id(&a) == id(&b), a == b);
        }
    }

    fn argument() -> impl Strategy<Value = Value> {
        prop_oneof![
            (-12i64..12).prop_map(Value::from),
            "[0-9a_-]{0,2}".prop_map(Value::from),
            any::<bool>().prop_map(Value::from),
            Just(Value::Null),
        ]
    }
}

//! The place beside a field where its error shows.

use maud::{Markup, html};

use super::signal_name;

/// The place for the error of the field `name`: `(field_error("title"))`, beside the field.
///
/// Empty and hidden until a command answers with an error for that field, by [`ensure!`](crate::ensure) or
/// [`Error::field`](crate::Error::field). The name is a text, or a command's [`Signal`](super::Signal):
/// `field_error(create::signals().title)`. The field itself says `aria-describedby="title-error"`; in the id dots become dashes.
///
/// ```
/// use orion::prelude::*;
///
/// assert_eq!(
///     html! { (field_error("title")) }.into_string(),
///     "<p class=\"orion-error\" id=\"title-error\" role=\"alert\" data-show=\"$errors.title\" \
///      data-text=\"$errors.title\" style=\"display:none\"></p>",
/// );
/// ```
///
/// # Panics
/// If the name is not one that a signal can have: letters, digits and `_`, beginning with a letter, with dots between parts.
pub fn field_error(name: impl AsRef<str>) -> Markup {
    let name = name.as_ref();
    assert!(
        signal_name::is_plain(name),
        "field_error({name:?}): a field's name is letters, digits and `_`, beginning with a letter, with dots \
         between parts, like `title` or `address.street`"
    );
    let signal = format!("$errors.{name}");
    html! {
        p class="orion-error" id={(name.replace('.', "-")) "-error"} role="alert" data-show=(signal) data-text=(signal)
            style="display:none" {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_nested_name_has_an_id_without_dots() {
        let html = field_error("address.street").into_string();
        assert!(html.contains("id=\"address-street-error\""));
        assert!(html.contains("data-text=\"$errors.address.street\""));
    }

    #[test]
    #[should_panic(expected = "a field's name is letters, digits and `_`")]
    fn a_name_that_is_an_expression_is_refused() {
        let _ = field_error("title;alert(1)");
    }
}

//! `#[page("/path", title = "…")]`: the title of a page that sets none itself.

use crate::app::Document;
use crate::error::Result;

/// The document with `title`, unless the page has set one.
pub fn titled(document: Result<Document>, title: &str) -> Result<Document> {
    document.map(|document| if document.title.is_none() { document.title(title) } else { document })
}

#[cfg(test)]
mod tests {
    use super::*;
    use maud::html;

    #[test]
    fn a_page_that_sets_its_title_keeps_it() {
        let titled = |document| titled(Ok(document), "Boards").expect("a document").title;
        assert_eq!(titled(Document::new(html! {})).as_deref(), Some("Boards"));
        assert_eq!(titled(Document::new(html! {}).title("Groceries")).as_deref(), Some("Groceries"));
    }
}

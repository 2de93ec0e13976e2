//! The collector of mistakes. Whoever finds one adds it and goes on; what is left at the end becomes `compile_error!`s, and
//! what is only unwise a warning.

use std::fmt::Display;

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote_spanned};

/// Every mistake found so far.
///
/// *Invariant:* each is reported. Dropping a collector that nobody drained is a defect of the macro and panics.
pub(crate) struct Errors {
    found: Option<Vec<Mistake>>,
}

/// One mistake, on the tokens that are wrong.
pub(crate) struct Mistake {
    at: TokenStream,
    message: String,
    grade: Grade,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Grade {
    Error,
    Warning,
}

impl Errors {
    pub(crate) fn new() -> Self {
        Self { found: Some(Vec::new()) }
    }

    /// Adds a mistake: lower case, no full stop, what must be. The way out is [`Mistake::help`].
    pub(crate) fn at(&mut self, wrong: impl ToTokens, message: impl Into<String>) -> &mut Mistake {
        self.add(wrong.into_token_stream(), message.into(), Grade::Error)
    }

    /// Adds what compiles and is unwise all the same. It counts for nothing: what it is about stays sound.
    pub(crate) fn warn(&mut self, unwise: impl ToTokens, message: impl Into<String>) -> &mut Mistake {
        self.add(unwise.into_token_stream(), message.into(), Grade::Warning)
    }

    fn add(&mut self, at: TokenStream, message: String, grade: Grade) -> &mut Mistake {
        let found = self.found.get_or_insert_default();
        found.push(Mistake { at, message, grade });
        found.last_mut().expect("one was pushed just now")
    }

    /// Adds a mistake where there is a place but no token: at a missing one, or a whole attribute.
    pub(crate) fn at_span(&mut self, span: Span, message: impl Into<String>) -> &mut Mistake {
        self.at(quote_spanned!(span=> _), message)
    }

    /// Adds a mistake of syntax in the parser's own words.
    pub(crate) fn syntax(&mut self, error: &syn::Error) -> &mut Mistake {
        self.at_span(error.span(), error.to_string())
    }

    /// Adds what another collector has found.
    pub(crate) fn absorb(&mut self, mut others: Self) {
        self.found.get_or_insert_default().extend(others.found.take().unwrap_or_default());
    }

    /// Forgets what was found: it follows from something that is said in its place.
    pub(crate) fn forget(mut self) {
        self.found = None;
    }

    /// How many errors there are: two counts that are equal say that what was done between them is sound.
    pub(crate) fn count(&self) -> usize {
        self.found.iter().flatten().filter(|mistake| mistake.grade == Grade::Error).count()
    }

    /// The mistakes as `compile_error!`s and warnings, in the order of the source.
    pub(crate) fn into_tokens(mut self) -> TokenStream {
        let mut found = self.found.take().unwrap_or_default();
        // Sorted, because migrations are looked at before everything else. A stable sort: equal places keep their order.
        found.sort_by_key(Mistake::place);
        found.into_iter().map(Mistake::into_tokens).collect()
    }
}

impl Drop for Errors {
    fn drop(&mut self) {
        assert!(
            self.found.is_none() || std::thread::panicking(),
            "a macro found mistakes and kept them to itself"
        );
    }
}

impl Mistake {
    /// The way out, on a line of its own.
    pub(crate) fn help(&mut self, help: impl Display) -> &mut Self {
        self.message = format!("{}\nhelp: {help}", self.message);
        self
    }

    /// Line and column.
    fn place(&self) -> (usize, usize) {
        let start = self.at.clone().into_iter().next().map(|token| token.span().start());
        start.map_or((0, 0), |start| (start.line, start.column))
    }

    fn into_tokens(self) -> TokenStream {
        match self.grade {
            Grade::Error => syn::Error::new_spanned(self.at, self.message).into_compile_error(),
            Grade::Warning => self.into_warning(),
        }
    }

    /// Stable Rust has no warnings for macros: the use of something deprecated is one, with the note as its text. In the
    /// user's own span, because rustc keeps quiet about what another crate's macro wrote.
    fn into_warning(self) -> TokenStream {
        let Self { at, message, .. } = self;
        let span = at.into_iter().next().map_or_else(Span::call_site, |token| token.span());
        quote_spanned! {span=>
            const _: () = {
                #[deprecated(note = #message)]
                const ORION_ADVISES: () = ();
                ORION_ADVISES
            };
        }
    }
}

//! Writes the implementation of `Row`.

use std::fmt::Write as _;

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};

use super::model::{Field, Row};
use crate::data::{self, PLACE, literal};
use crate::expanded::located;
use crate::scalar::Scalar;
use crate::spelling::spell;

/// The implementation, or a stub of it; cannot fail.
pub(super) fn expand(row: &Row) -> TokenStream {
    let Row { ident, generics, fields } = row;
    let (impl_generics, type_generics, where_clause) = generics.split_for_impl();
    let body = fields.as_ref().map_or_else(
        || body(&Written::default(), "::core::unimplemented!()"),
        |fields| {
            let written = Written::of(fields);
            let read = format!("::core::result::Result::Ok(Self {{ {} }})", written.read);
            body(&written, &read)
        },
    );
    quote! {
        #[automatically_derived]
        #[allow(unused_variables)]
        impl #impl_generics ::orion::__private::Row for #ident #type_generics #where_clause { #body }
    }
}

/// The fields, as text.
#[derive(Default)]
struct Written {
    columns: String,
    /// What their types hold, where all are scalars.
    scalars: String,
    /// What their types hold.
    holds: String,
    read: String,
    /// What stands in the places of the text: types that a message can be about.
    places: Vec<TokenStream>,
}

impl Written {
    fn of(fields: &[Field]) -> Self {
        let (mut written, mut reads) = (Self::default(), Vec::new());
        for (at, Field { ident, name, ty }) in fields.iter().enumerate() {
            let spelled = spell(ty);
            let _ = write!(written.columns, "{}, ", literal(name));
            let (known, read) = if let Some(scalar) = Scalar::of(ty) {
                let _ = write!(written.scalars, "{}, ", literal(&format!("{} {spelled}", scalar.kind())));
                let known = format!("::orion::__private::Known::<{spelled}>::READ");
                (known, format!("{ident}: row.get::<{spelled}>({at})?"))
            } else {
                written.places.push(quote!(::orion::__private::Known::<#ty>::READ));
                let at = proc_macro2::Literal::usize_unsuffixed(at);
                reads.push(quote_spanned!(located(ty)=> #ident: row.get::<#ty>(#at)?));
                (PLACE.to_owned(), PLACE.to_owned())
            };
            let _ = write!(written.holds, "{known}.named({}), ", literal(&spelled));
            let _ = write!(written.read, "{read}, ");
        }
        written.places.extend(reads);
        written
    }
}

fn body(Written { columns, scalars, holds, places, .. }: &Written, read: &str) -> TokenStream {
    // Of a type that may be no value less is known, and that is what this trait says.
    let holds = if places.is_empty() {
        format!("&::orion::__private::scalars([{scalars}])")
    } else {
        format!("{{ #[allow(unused_imports)] use ::orion::__private::Anything as _; &[{holds}] }}")
    };
    let text = format!(
        "const COLUMNS: &'static [&'static str] = &[{columns}];
        const HOLDS: &'static [::orion::__private::Holds] = {holds};
        fn read(row: &::orion::__private::RowRef<'_>)
            -> ::core::result::Result<Self, ::orion::__private::Mismatch> {{ {read} }}"
    );
    data::placed(&text, places)
}

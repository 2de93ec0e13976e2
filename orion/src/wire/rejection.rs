//! Why a request cannot be read, in one sentence that repeats nothing of the request.

use std::borrow::Cow;

use crate::error::Error;

/// Why a request cannot be read. Becomes an [`Error`] through `?`.
///
/// ```
/// use orion::Error;
/// use orion::wire::Rejection;
///
/// let error = Error::from(Rejection::TooLarge { limit: 2 * 1024 * 1024 });
/// assert_eq!((error.status(), error.to_string().as_str()), (413, "The request is larger than 2 MiB."));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Rejection {
    /// It does not follow its own format. Status 400.
    Malformed(Cow<'static, str>),
    /// It has more bytes than `limit`. Status 413; the server finds out while it reads the body.
    TooLarge {
        /// The most bytes that a body may have.
        limit: usize,
    },
    /// A form has more fields than `limit`. Status 413.
    TooManyFields {
        /// The most fields that a form may have.
        limit: usize,
    },
    /// Its content is of another type than `send`. Status 415.
    WrongType {
        /// The content types to send instead.
        send: &'static str,
    },
    /// It follows its format, but is not what the command takes. Status 422.
    WrongShape(Cow<'static, str>),
}

impl From<Rejection> for Error {
    fn from(rejection: Rejection) -> Self {
        match rejection {
            Rejection::Malformed(sentence) => Self::refused(400, sentence),
            Rejection::TooLarge { limit } => {
                Self::refused(413, format!("The request is larger than {}.", size(limit)))
            }
            Rejection::TooManyFields { limit } => {
                Self::refused(413, format!("The form has more than {limit} fields."))
            }
            Rejection::WrongType { send } => Self::refused(415, format!("Send it as {send}.")),
            Rejection::WrongShape(sentence) => Self::refused(422, sentence),
        }
    }
}

fn size(bytes: usize) -> String {
    const KIB: usize = 1024;
    const MIB: usize = 1024 * KIB;
    match bytes {
        _ if bytes >= MIB && bytes.is_multiple_of(MIB) => format!("{} MiB", bytes / MIB),
        _ if bytes >= KIB && bytes.is_multiple_of(KIB) => format!("{} KiB", bytes / KIB),
        _ => format!("{bytes} bytes"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_limit_is_said_in_the_largest_unit_that_fits() {
        assert_eq!(size(3 * 1024 * 1024), "3 MiB");
        assert_eq!(size(1536), "1536 bytes");
        assert_eq!(size(64 * 1024), "64 KiB");
    }
}

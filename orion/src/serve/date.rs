//! The header `Date` (RFC 9110, section 6.6.1), by the clock of this moment.
//!
//! hyper writes one too, kept until a second of the wall clock is over: after the clock was put back by hours it stands still for
//! hours, and browsers, which correct `Expires` of cookies by it, drop cookies that are good. Of a clock that says what no date can
//! it panics.

use std::cell::RefCell;
use std::time::{SystemTime, UNIX_EPOCH};

use http::HeaderValue;
use httpdate::HttpDate;

/// The first second of the year 10000, which a date has no digits for.
const NEVER: u64 = 253_402_300_800;

thread_local! {
    /// The second for which a date was written last, and the date.
    static LAST: RefCell<Option<(u64, HeaderValue)>> = const { RefCell::new(None) };
}

/// What is written into an answer at this time; nothing where no date can say it.
pub(super) fn header(now: SystemTime) -> Option<HeaderValue> {
    let second = now.duration_since(UNIX_EPOCH).ok()?.as_secs();
    LAST.with_borrow_mut(|last| {
        if last.as_ref().is_none_or(|(at, _)| *at != second) {
            let date = (second < NEVER).then(|| HttpDate::from(now).to_string())?;
            *last = Some((second, HeaderValue::try_from(date).ok()?));
        }
        last.as_ref().map(|(_, date)| date.clone())
    })
}

/// Whether answers can be given at this time.
///
/// # Errors
/// In words, if no date can say it.
pub(super) fn check(now: SystemTime) -> Result<(), &'static str> {
    header(now).map(drop).ok_or(
        "the clock of this machine stands before 1970 or after 9999, and every answer has to say the date\n\
         help: set the clock, `timedatectl set-ntp true` lets it be set; then start again",
    )
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn a_date_is_said_from_1970_to_9999_and_at_no_other_time() {
        let at = |seconds| header(UNIX_EPOCH + Duration::from_secs(seconds));
        assert_eq!(at(1).unwrap(), "Thu, 01 Jan 1970 00:00:01 GMT");
        assert_eq!(at(0).unwrap(), "Thu, 01 Jan 1970 00:00:00 GMT");
        assert_eq!(at(NEVER - 1).unwrap(), "Fri, 31 Dec 9999 23:59:59 GMT");
        assert_eq!(at(NEVER), None);
        assert_eq!(header(UNIX_EPOCH - Duration::from_nanos(1)), None);
        assert!(check(UNIX_EPOCH).is_ok());
        assert!(check(UNIX_EPOCH - Duration::from_secs(1)).unwrap_err().contains("before 1970"));
    }
}

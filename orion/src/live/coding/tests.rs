use http::HeaderValue;

use super::*;

/// Shared with the tests of whole streams.
#[path = "../../../tests/streams/decoders.rs"]
pub(super) mod decoders;

fn negotiated(values: &[&str]) -> Coding {
    let mut headers = HeaderMap::new();
    for value in values {
        headers.append(ACCEPT_ENCODING, HeaderValue::from_bytes(value.as_bytes()).unwrap());
    }
    Coding::negotiate(&headers)
}

#[test]
fn the_client_gets_what_it_likes_best() {
    use Coding::{Br, Gzip, Identity};
    for (values, coding) in [
        (vec![], Identity),
        (vec![""], Identity),
        (vec!["gzip, deflate, br, zstd"], Br),
        (vec!["gzip, deflate"], Gzip),
        (vec!["gzip", "br"], Br),
        (vec!["GZIP;Q=0.5"], Gzip),
        (vec!["br;q=0.2, gzip;q=0.8"], Gzip),
        (vec!["br;q=0, gzip;q=0.001"], Gzip),
        (vec!["br;q=0, *"], Gzip),
        (vec!["*"], Br),
        (vec!["*;q=0"], Identity),
        (vec!["identity;q=0"], Identity),
        (vec!["identity, br;q=0.5"], Identity),
        (vec!["identity;q=0.5, br"], Br),
        (vec!["br ; q=0.5 , gzip ; q=1.0"], Gzip),
        (vec!["zstd"], Identity),
        (vec![",,;q=1,"], Identity),
        (vec!["br;q=high"], Br),
        (vec!["br;q=NaN"], Br),
        (vec!["gzip;q=-1"], Gzip),
        (vec!["\u{ff}"], Identity),
    ] {
        assert_eq!(negotiated(&values), coding, "{values:?}");
    }
}

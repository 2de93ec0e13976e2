//! Streams with a coding. That they say what others say is tested in `orion/tests/streams`.

use std::io::Read as _;

use super::*;

/// The next piece, as it is sent.
async fn piece(stream: &mut Stream) -> Bytes {
    stream.frame().await.unwrap().unwrap().into_data().unwrap()
}

#[tokio::test(start_paused = true)]
async fn a_coded_stream_is_complete_at_its_end() {
    let store = Memory::at_once();
    let hub = hub(&store);
    let mut coded = [Coding::Gzip, Coding::Br].map(|coding| open_coded(&hub, "ada", &[&LIST], coding));
    let mut received = [Vec::new(), Vec::new()];
    for (stream, received) in coded.iter_mut().zip(&mut received) {
        for _ in 0..2 {
            received.extend(stream.frame().await.unwrap().unwrap().into_data().unwrap());
        }
    }
    hub.shut_down();
    for (stream, received) in coded.iter_mut().zip(&mut received) {
        while let Some(piece) = stream.frame().await {
            received.extend(piece.unwrap().into_data().unwrap());
        }
    }
    let [mut gzip, mut br] = [String::new(), String::new()];
    flate2::read::GzDecoder::new(received[0].as_slice()).read_to_string(&mut gzip).unwrap();
    brotli::Decompressor::new(received[1].as_slice(), 4096).read_to_string(&mut br).unwrap();
    for text in [gzip, br] {
        assert!(text.starts_with("retry: ") && text.ends_with("0 todos</div>\n\n"), "{text}");
    }
}

#[tokio::test(start_paused = true)]
async fn what_is_compressed_for_one_stream_is_sent_to_all_that_received_the_same() {
    let store = Memory::at_once();
    let hub = hub(&store);
    for coding in [Coding::Gzip, Coding::Br] {
        let mut streams =
            ["ada", "eve", "bob"].map(|viewer| open_coded(&hub, viewer, &[&LIST, &TAGGED], coding));
        for stream in &mut streams {
            piece(stream).await;
        }
        // The first frames, a change, a ping, and a change that one of them was told something before.
        for turn in 0..6 {
            match turn {
                2 | 4 => store.commit("todos"),
                5 => {
                    store.commit("tags");
                    hub.tell(&Viewer::with_id("bob"), &frame::ping());
                    piece(&mut streams[2]).await;
                }
                _ => {}
            }
            let mut pieces = Vec::new();
            for stream in &mut streams {
                pieces.push(piece(stream).await);
            }
            let same = |other: usize| pieces[0].as_ptr() == pieces[other].as_ptr();
            assert_eq!((same(1), same(2)), (true, turn != 5), "{coding:?}, turn {turn}");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn an_event_without_a_byte_is_no_end() {
    let store = Memory::at_once();
    let hub = hub(&store);
    for coding in [Coding::Identity, Coding::Gzip, Coding::Br] {
        let mut stream = open_coded(&hub, "ada", &[], coding);
        piece(&mut stream).await;
        hub.tell(&Viewer::with_id("ada"), &Bytes::new());
        assert!(piece(&mut stream).await.len() > 20, "{coding:?}: the ping behind it");
    }
}

//! The floor: a bare loop that writes the same number of bytes to the same sockets.

use std::io::{Read, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use crate::Outcome;

/// Answers GET with a stream of chunks of `frame` bytes, one for each POST that comes; a POST is answered when all were written.
pub(super) fn serve(address: SocketAddr, frame: usize) -> Outcome<()> {
    let listener = TcpListener::bind(address)?;
    let streams = Arc::new(Mutex::new(Vec::<TcpStream>::new()));
    // With its framing so long as was asked for.
    let body = frame.saturating_sub(format!("{frame:x}\r\n\r\n").len()).max(1);
    let chunk: Arc<[u8]> = format!("{body:x}\r\n{}\r\n", "x".repeat(body)).into_bytes().into();
    for socket in listener.incoming() {
        let (mut socket, streams, chunk) = (socket?, Arc::clone(&streams), Arc::clone(&chunk));
        socket.set_nodelay(true)?;
        let mut first = [0; 4096];
        let count = socket.read(&mut first)?;
        if first[..count].starts_with(b"GET") {
            socket.write_all(b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n")?;
            socket.write_all(&chunk)?;
            streams.lock().unwrap_or_else(PoisonError::into_inner).push(socket);
        } else {
            // A client that leaves ends its thread.
            thread::spawn(move || publish(socket, &streams, &chunk));
        }
    }
    Ok(())
}

fn publish(mut caller: TcpStream, streams: &Mutex<Vec<TcpStream>>, chunk: &[u8]) -> std::io::Result<()> {
    loop {
        for stream in &*streams.lock().unwrap_or_else(PoisonError::into_inner) {
            let mut stream: &TcpStream = stream;
            stream.write_all(chunk)?;
        }
        caller.write_all(b"HTTP/1.1 204 No Content\r\n\r\n")?;
        if caller.read(&mut [0; 4096])? == 0 {
            return Ok(());
        }
    }
}

//! Just enough of an HTTP/1.1 client to cost next to nothing beside the server that is measured.

use std::net::SocketAddr;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use crate::Outcome;

/// A connection for one request after the other.
pub(crate) struct Connection {
    socket: TcpStream,
    buffer: Vec<u8>,
}

/// What came back.
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) head: String,
    pub(crate) body: String,
}

impl Connection {
    pub(crate) async fn open(address: SocketAddr) -> Outcome<Self> {
        let socket = TcpStream::connect(address).await?;
        socket.set_nodelay(true)?;
        Ok(Self { socket, buffer: Vec::with_capacity(4096) })
    }

    pub(crate) async fn get(&mut self, path: &str) -> Outcome<Answer> {
        self.exchange(&get(path, "", "identity")).await
    }

    /// Sends a command as Datastar does.
    pub(crate) async fn post(&mut self, path: &str, cookie: &str) -> Outcome<()> {
        let request = format!(
            "POST {path} HTTP/1.1\r\nhost: bench\r\ncookie: {cookie}\r\ndatastar-request: true\r\nsec-fetch-site: same-origin\r\n\
             content-type: application/json\r\ncontent-length: 2\r\n\r\n{{}}"
        );
        let answer = self.exchange(&request).await?;
        if answer.status >= 300 {
            return Err(format!("POST {path} was answered with {}: {}", answer.status, answer.body).into());
        }
        Ok(())
    }

    async fn exchange(&mut self, request: &str) -> Outcome<Answer> {
        self.socket.write_all(request.as_bytes()).await?;
        self.buffer.clear();
        let end = loop {
            if let Some(at) = self.buffer.windows(4).position(|four| four == b"\r\n\r\n") {
                break at + 4;
            }
            self.more().await?;
        };
        let head = String::from_utf8(self.buffer[..end].to_vec())?;
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).ok_or("no status")?;
        let length = header(&head, "content-length").map_or(Ok(0), str::parse::<usize>)?;
        while self.buffer.len() < end + length {
            self.more().await?;
        }
        Ok(Answer {
            status,
            head,
            body: String::from_utf8_lossy(&self.buffer[end..end + length]).into_owned(),
        })
    }

    async fn more(&mut self) -> Outcome<()> {
        match self.socket.read_buf(&mut self.buffer).await? {
            0 => Err("the server closed a connection".into()),
            _ => Ok(()),
        }
    }
}

/// A GET request, as it is sent.
pub(crate) fn get(path: &str, cookie: &str, coding: &str) -> String {
    let cookie = if cookie.is_empty() { String::new() } else { format!("cookie: {cookie}\r\n") };
    format!("GET {path} HTTP/1.1\r\nhost: bench\r\n{cookie}accept-encoding: {coding}\r\n\r\n")
}

/// The value of a header.
pub(crate) fn header<'a>(head: &'a str, name: &str) -> Option<&'a str> {
    head.lines().find_map(|line| {
        let (key, value) = line.split_once(':')?;
        key.eq_ignore_ascii_case(name).then(|| value.trim())
    })
}

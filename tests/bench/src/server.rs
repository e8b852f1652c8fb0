//! A platform that has its answer ready: what is measured is who reads it.

use std::io::{self, BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::thread;

use base64::prelude::{Engine, BASE64_STANDARD};
use ita_core::client::backyard_check::PATH;

/// Who may read.
pub(crate) const USER: &str = "bench";
/// Its password.
pub(crate) const PASSWORD: &str = "bench";

/// Serves `answer` on loopback until the program ends.
pub(crate) fn serve(answer: Vec<u8>) -> io::Result<SocketAddr> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let address = listener.local_addr()?;
    let answer = Arc::new(answer);
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let answer = Arc::clone(&answer);
            // A reader that hangs up has what it wanted.
            thread::spawn(move || drop(converse(&stream, &answer)));
        }
    });
    Ok(address)
}

fn converse(mut stream: &TcpStream, answer: &[u8]) -> io::Result<()> {
    let mut reader = BufReader::new(stream);
    let login = format!("Basic {}", BASE64_STANDARD.encode(format!("{USER}:{PASSWORD}")));
    let mut head = Vec::new();
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line)? == 0 {
            return Ok(());
        }
        if !line.trim().is_empty() {
            head.push(line.trim().to_owned());
            continue;
        }
        let is_known = head.iter().any(|line| {
            line.split_once(": ")
                .is_some_and(|(name, value)| name.eq_ignore_ascii_case("authorization") && value == login)
        });
        let is_jobs = head.first().is_some_and(|line| *line == format!("GET {PATH} HTTP/1.1"));
        let (status, body) = match (is_known, is_jobs) {
            (true, true) => ("200 OK", answer),
            (true, false) => ("404 Not Found", &b"{}"[..]),
            (false, _) => ("401 Unauthorized", &b"{}"[..]),
        };
        let length = body.len();
        let head_of_answer =
            format!("HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n\r\n");
        stream.write_all(head_of_answer.as_bytes())?;
        stream.write_all(body)?;
        head.clear();
    }
}

//! A body that is still arriving, as something a parser on another thread can read. It is never held whole.

use std::io::{self, Read};

use hyper::body::Bytes;
use tokio::sync::mpsc::{channel, Receiver};

use super::transport::Reply;
use crate::domain::problem::{Problem, ProblemCode};

/// Pieces between network and parser; the network waits for the parser beyond them.
const PIECES: usize = 16;

/// One message of the pipe. Without an `End` the body was cut off, even where HTTP does not notice.
#[derive(Debug)]
enum Piece {
    Data(Bytes),
    End,
}

/// The parser's end.
#[derive(Debug)]
pub(super) struct BodyReader {
    pieces: Receiver<Piece>,
    current: Bytes,
    ended: bool,
}

impl Read for BodyReader {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.current.is_empty() && !self.ended {
            match self.pieces.blocking_recv() {
                Some(Piece::Data(data)) => self.current = data,
                Some(Piece::End) => self.ended = true,
                None => return Err(io::Error::new(io::ErrorKind::UnexpectedEof, "the body was given up")),
            }
        }
        let length = buffer.len().min(self.current.len());
        let piece = self.current.split_to(length);
        buffer.get_mut(..length).unwrap_or_default().copy_from_slice(&piece);
        Ok(length)
    }
}

/// Feeds a body to `parse` on a blocking thread and gives its result. A network problem wins over the parser's, which
/// only saw a body without an end. Dropping the future ends the request, and the parser at its next read.
pub(super) async fn parse_body<T: Send + 'static>(
    reply: &mut Reply,
    parse: impl FnOnce(BodyReader) -> T + Send + 'static,
) -> Result<T, Problem> {
    let (sender, pieces) = channel(PIECES);
    let reader = BodyReader { pieces, current: Bytes::new(), ended: false };
    let parsing = tokio::task::spawn_blocking(move || parse(reader));
    loop {
        let piece = match reply.chunk().await? {
            Some(data) => Piece::Data(data),
            None => Piece::End,
        };
        let is_end = matches!(piece, Piece::End);
        // A parser that has seen enough hangs up; its result says why.
        if sender.send(piece).await.is_err() || is_end {
            break;
        }
    }
    parsing.await.map_err(|error| Problem::because(ProblemCode::Internal, error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reader(pieces: Vec<Piece>) -> BodyReader {
        let (sender, receiver) = channel(pieces.len().max(1));
        for piece in pieces {
            sender.try_send(piece).expect("room for every piece");
        }
        BodyReader { pieces: receiver, current: Bytes::new(), ended: false }
    }

    #[test]
    fn pieces_join_to_the_body() {
        let pieces = vec![Piece::Data("ab".into()), Piece::Data(Bytes::new()), Piece::Data("c".into()), Piece::End];
        let mut body = String::new();
        reader(pieces).read_to_string(&mut body).expect("a whole body");
        assert_eq!(body, "abc", "an empty piece is not the end");
    }

    #[test]
    fn a_body_without_its_end_is_an_error_and_not_an_end() {
        let mut body = String::new();
        let error = reader(vec![Piece::Data("{}".into())]).read_to_string(&mut body).expect_err("cut off");
        assert_eq!(error.kind(), io::ErrorKind::UnexpectedEof);
    }
}

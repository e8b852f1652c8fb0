//! The one thing that a person does to a window and no tool of the test's screen can: a click on the button that closes it,
//! which a window manager turns into a message.

use std::io::{Read, Result, Write};
use std::os::unix::net::UnixStream;

/// `ClientMessage` of the X protocol, with 32-bit data.
const CLIENT_MESSAGE: [u8; 2] = [33, 32];

/// Asks the window `id` on the display `:number` to close, as a window manager does (`WM_DELETE_WINDOW`).
pub(crate) fn ask_to_close(number: u32, id: u32) -> Result<()> {
    let mut display = UnixStream::connect(format!("/tmp/.X11-unix/X{number}"))?;
    // Little-endian, version 11.0, no authorization.
    display.write_all(&[b'l', 0, 11, 0, 0, 0, 0, 0, 0, 0, 0, 0])?;
    let mut head = [0; 8];
    display.read_exact(&mut head)?;
    let mut setup = vec![0; usize::from(u16::from_le_bytes([head[6], head[7]])) * 4];
    display.read_exact(&mut setup)?;
    let protocols = atom(&mut display, "WM_PROTOCOLS")?;
    let delete = atom(&mut display, "WM_DELETE_WINDOW")?;

    let (send_event, to_its_owner) = ([25, 0, 11, 0], 0_u32);
    let mut message = [&send_event[..], &id.to_le_bytes(), &to_its_owner.to_le_bytes()].concat();
    message.extend([CLIENT_MESSAGE[0], CLIENT_MESSAGE[1], 0, 0]);
    for part in [id, protocols, delete, 0, 0, 0, 0] {
        message.extend(part.to_le_bytes());
    }
    display.write_all(&message)?;
    // An answer to anything says that the message was taken.
    atom(&mut display, "WM_PROTOCOLS").map(drop)
}

/// The number of a name.
fn atom(display: &mut UnixStream, name: &str) -> Result<u32> {
    let padded = name.len().next_multiple_of(4);
    let mut request = vec![16, 0, 2 + (padded / 4) as u8, 0, name.len() as u8, 0, 0, 0];
    request.extend(name.bytes());
    request.resize(8 + padded, 0);
    display.write_all(&request)?;
    let mut answer = [0; 32];
    display.read_exact(&mut answer)?;
    Ok(u32::from_le_bytes([answer[8], answer[9], answer[10], answer[11]]))
}

//! Writes a connections file over and over until somebody kills it, and says each name that is on the disk.

use std::io::Write;

use acceptance::consoles::draft;
use ita_core::domain::connection::Environment;
use ita_core::domain::time::Timestamp;
use ita_core::services::connections::checked_draft;
use ita_core::settings::connections::ConnectionsFile;

fn main() {
    let path = std::env::args_os().nth(1).expect("the file to write");
    let who = std::env::args().nth(2).expect("the name of this writer");
    let file = ConnectionsFile::new(path);
    let connection = checked_draft(draft("https://ita.example", Environment::Staging)).expect("a connection");
    for number in 0_u64.. {
        let name = format!("{who} {number}");
        let written = file.change(Timestamp(1), |all| {
            all.retain(|it| !it.name.starts_with(&who));
            all.push(ita_core::domain::connection::Connection { name: name.clone(), ..connection.clone() });
            Ok(())
        });
        written.expect("the file is written");
        let said = writeln!(std::io::stdout(), "{name}");
        if said.is_err() {
            return; // nobody listens any more
        }
    }
}

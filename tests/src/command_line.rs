//! `itamctl` as a script runs it: the real program, with a home of its own and nothing else of this machine.

use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::Arc;

use ita_core::credentials::SessionStore;
use ita_core::domain::connection::{Connection, ConnectionDraft};
use ita_core::domain::time::Timestamp;
use ita_core::ports::SystemClock;
use ita_core::services::connections::Connections;
use ita_core::settings::connections::ConnectionsFile;
use ita_core::settings::paths::IDENTIFIER;
use ita_core::settings::procedures::ProcedureFiles;
use serde_json::Value;
use tokio::io::AsyncWriteExt;
use tokio::process::{Child, Command};

use crate::program::itamctl;
use crate::wait::LIMIT;

/// A workstation for the command line.
#[derive(Debug)]
pub struct CommandLine {
    home: tempfile::TempDir,
    password: Option<String>,
}

/// How a call ended.
#[derive(Debug)]
pub struct Ended {
    /// Exit code.
    pub code: i32,
    /// Data.
    pub stdout: String,
    /// Messages.
    pub stderr: String,
}

impl Ended {
    /// The data as JSON.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.stdout).unwrap_or_else(|error| panic!("{error}: {self:#?}"))
    }

    /// Checks the exit code.
    #[must_use]
    pub fn expect(self, code: i32) -> Self {
        assert_eq!(self.code, code, "{self:#?}");
        self
    }
}

impl CommandLine {
    /// With an empty home and a password in the environment.
    pub fn with_password(password: &str) -> Self {
        Self { password: Some(password.to_owned()), ..Self::without_password() }
    }

    /// With an empty home and no password.
    pub fn without_password() -> Self {
        Self { home: tempfile::tempdir().expect("a folder"), password: None }
    }

    /// The folder that it may write to.
    pub fn home(&self) -> &Path {
        self.home.path()
    }

    /// The journals in this home, one after the other.
    pub fn journal(&self) -> String {
        let folder = self.home().join("data").join(IDENTIFIER).join("journal");
        let Ok(entries) = std::fs::read_dir(folder) else { return String::new() };
        entries.map(|entry| std::fs::read_to_string(entry.expect("an entry").path()).expect("text")).collect()
    }

    /// The procedures of the saved connections.
    pub fn procedures(&self) -> ProcedureFiles {
        ProcedureFiles::new(self.home().join("data").join(IDENTIFIER).join("procedures"))
    }

    /// The saved connections, as the window would show them.
    pub fn connections(&self) -> Connections {
        let file = ConnectionsFile::new(self.connections_file());
        let store = Arc::new(SessionStore::default());
        Connections::new(file, Arc::<SessionStore>::clone(&store), store, self.procedures(), Arc::new(SystemClock))
    }

    /// Saves a connection as the window does, and then what the product itself remembers of it.
    pub async fn save(&self, draft: ConnectionDraft, change: impl FnOnce(&mut Connection)) -> Connection {
        let saved = self.connections().save(draft, None).await.expect("saved");
        let file = ConnectionsFile::new(self.connections_file());
        let changed = file.change(Timestamp(1), |all| {
            change(&mut all[0]);
            Ok(all[0].clone())
        });
        assert_eq!(changed.as_ref().map(|changed| &changed.id), Ok(&saved.id), "one connection");
        changed.expect("written")
    }

    fn connections_file(&self) -> PathBuf {
        self.home().join("config").join(IDENTIFIER).join("connections.json")
    }

    /// Starts it with this command line.
    pub fn start(&self, arguments: &[&str]) -> Child {
        let mut command = Command::new(itamctl());
        command
            .args(arguments)
            .env_clear()
            .env("HOME", self.home())
            .env("XDG_CONFIG_HOME", self.home().join("config"))
            .env("XDG_DATA_HOME", self.home().join("data"))
            .env("XDG_RUNTIME_DIR", self.home())
            .env("TZ", "UTC")
            .env("USER", "night")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .kill_on_drop(true);
        if let Some(password) = &self.password {
            command.env("ITAMCTL_PASSWORD", password);
        }
        command.spawn().expect("the program under test starts")
    }

    /// Runs it to its end.
    pub async fn run(&self, arguments: &[&str]) -> Ended {
        self.run_with_stdin(arguments, b"").await
    }

    /// Runs it to its end with something on its stdin.
    pub async fn run_with_stdin(&self, arguments: &[&str], stdin: &[u8]) -> Ended {
        let mut child = self.start(arguments);
        let mut pipe = child.stdin.take().expect("stdin is piped");
        let ended = tokio::time::timeout(LIMIT, async {
            let write = async {
                // A program that does not want it closes it.
                let _ = pipe.write_all(stdin).await;
                drop(pipe);
            };
            tokio::join!(write, child.wait_with_output()).1
        });
        let output = ended.await.unwrap_or_else(|_| panic!("{arguments:?} does not end")).expect("its output");
        Ended {
            code: output.status.code().unwrap_or_else(|| panic!("{arguments:?} was ended by a signal")),
            stdout: String::from_utf8(output.stdout).expect("UTF-8"),
            stderr: String::from_utf8(output.stderr).expect("UTF-8"),
        }
    }
}

//! Certificates as `openssl req` makes them, and servers that only OpenSSL still can be: short keys, old versions of TLS.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use tempfile::TempDir;

use crate::service::Service;

/// Lets OpenSSL do what it refuses by default.
const ANYTHING: &str = "DEFAULT@SECLEVEL=0";
const START: Duration = Duration::from_secs(20);

/// A self-signed certificate and its key, on disk as PEM.
#[derive(Debug)]
pub struct Pair {
    folder: TempDir,
    /// The certificate.
    pub certificate_pem: String,
    /// Its key as PKCS#8.
    pub key_pem: String,
}

impl Pair {
    /// `openssl req -x509` with a key such as `rsa:2048` and further arguments, as an administrator types it: the
    /// certificate is marked as an authority, and has no alternative name unless one is asked for.
    pub fn self_signed(key: &str, more: &[&str]) -> Self {
        let folder = TempDir::new().expect("a temporary folder");
        let (key_file, certificate_file) = (folder.path().join("key.pem"), folder.path().join("certificate.pem"));
        let made = Command::new("openssl")
            .args(["req", "-x509", "-nodes", "-days", "30", "-subj", "/O=Example/CN=ita.test", "-newkey", key])
            .args(more)
            .arg("-keyout")
            .arg(&key_file)
            .arg("-out")
            .arg(&certificate_file)
            .output()
            .expect("openssl can be run");
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
        let read = |file: &Path| std::fs::read_to_string(file).expect("openssl wrote it");
        Self { certificate_pem: read(&certificate_file), key_pem: read(&key_file), folder }
    }
}

/// `openssl s_server` on 127.0.0.1. What a client sends it inside TLS is recorded. Stops when it is dropped.
#[derive(Debug)]
pub struct OpensslServer {
    /// `https://127.0.0.1:PORT`.
    pub origin: String,
    service: Service,
}

impl OpensslServer {
    /// Shows `pair`; `more` are further arguments, such as `-tls1_1`.
    pub fn start(pair: &Pair, more: &[&str]) -> Self {
        let folder = pair.folder.path();
        let mut command = Command::new("openssl");
        command
            .args(["s_server", "-accept", "127.0.0.1:0", "-cipher", ANYTHING])
            .arg("-key")
            .arg(folder.join("key.pem"))
            .arg("-cert")
            .arg(folder.join("certificate.pem"))
            .args(more)
            // It ends with its standard input.
            .stdin(Stdio::piped());
        let mut service = Service::start("s_server", folder, &mut command);
        let mut port: Option<String> = None;
        let log = folder.join("s_server.log");
        service.wait_until(START, || {
            let text = std::fs::read_to_string(&log).unwrap_or_default();
            // A line is whole when its end is there.
            let line = text.split_once("ACCEPT 127.0.0.1:").and_then(|(_, rest)| rest.split_once('\n'));
            port = line.map(|(port, _)| port.trim().to_owned());
            port.is_some()
        });
        Self { origin: format!("https://127.0.0.1:{}", port.unwrap_or_default()), service }
    }

    /// Everything that it printed: its own remarks, and whatever a client sent inside TLS.
    pub fn transcript(&self) -> String {
        self.service.output()
    }
}

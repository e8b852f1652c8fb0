//! A running practice platform.

use std::{
    io,
    net::SocketAddr,
    sync::{Arc, Mutex},
};

use tokio::{sync::watch, task::JoinHandle};

use crate::{
    control::Control,
    http::server::{bind, serve, Context},
    options::Options,
    record::Site,
    world::{lock, Shared, World},
};

/// A practice platform on 127.0.0.1. Dropping it stops it; [`Practice::stop`] also waits until its ports are free.
#[derive(Debug)]
pub struct Practice {
    admin: SocketAddr,
    organization: SocketAddr,
    scheme: &'static str,
    world: Shared,
    stop: watch::Sender<bool>,
    sites: Vec<JoinHandle<io::Result<()>>>,
}

impl Practice {
    /// Starts a platform. Fails when the port is taken, and with `InvalidInput` when the zone is unknown or a number
    /// beyond reason.
    pub async fn start(options: Options) -> io::Result<Self> {
        options.check().map_err(invalid)?;
        let world = World::new(&options).map_err(invalid)?;
        let world: Shared = Arc::new(Mutex::new(world));
        let (stop, stopping) = watch::channel(false);
        let (admin_listener, admin) = bind(options.port).await?;
        let (organization_listener, organization) = bind(0).await?;
        let context = |site| Context { site, world: Arc::clone(&world), stopping: stopping.clone() };
        let sites = vec![
            serve(admin_listener, options.tls.clone(), context(Site::Admin)),
            serve(organization_listener, options.tls.clone(), context(Site::Organization)),
        ];
        let scheme = if options.tls.is_some() { "https" } else { "http" };
        let practice = Self { admin, organization, scheme, world, stop, sites };
        lock(&practice.world).external_url = practice.url();
        Ok(practice)
    }

    /// The address of the system administrators' site, `http://127.0.0.1:PORT`.
    pub fn url(&self) -> String {
        format!("{}://{}", self.scheme, self.admin)
    }

    /// The address of the organization users' site.
    pub fn organization_url(&self) -> String {
        format!("{}://{}", self.scheme, self.organization)
    }

    /// The port of the system administrators' site.
    pub fn port(&self) -> u16 {
        self.admin.port()
    }

    /// Controls this platform.
    pub fn control(&self) -> Control {
        Control { world: Arc::clone(&self.world) }
    }

    /// Stops it and waits until nobody listens any more.
    pub async fn stop(mut self) -> io::Result<()> {
        self.stop.send_replace(true);
        for site in std::mem::take(&mut self.sites) {
            site.await.map_err(io::Error::other)??;
        }
        Ok(())
    }
}

fn invalid(error: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidInput, error)
}

impl Drop for Practice {
    fn drop(&mut self) {
        self.stop.send_replace(true);
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use tokio::{
        io::{AsyncReadExt, AsyncWriteExt},
        net::TcpStream,
        time::timeout,
    };

    use super::*;

    const LIMIT: Duration = Duration::from_secs(20);

    /// Sends a request with the right password, and returns the connection.
    async fn send(practice: &Practice, method: &str, path: &str, body: &str) -> TcpStream {
        let mut stream = TcpStream::connect(practice.admin).await.expect("a connection");
        // admin:practice
        let login = "Authorization: Basic YWRtaW46cHJhY3RpY2U=\r\nContent-Type: application/json";
        let length = body.len();
        let request =
            format!("{method} {path} HTTP/1.1\r\nHost: x\r\n{login}\r\nContent-Length: {length}\r\n\r\n{body}");
        stream.write_all(request.as_bytes()).await.expect("sent");
        stream
    }

    #[tokio::test]
    async fn what_it_remembers_of_requests_holds_no_password() {
        let practice = Practice::start(Options::default()).await.expect("a free port");
        let form = "client_id=_platform-api&grant_type=password&username=admin&password=practice&scope=openid";
        let token = crate::http::admin::TOKEN;
        let modes = "/api/platform/maintenance-mode-setting";
        for (method, path, body) in [("POST", token, form), ("PATCH", modes, r#"{"data_update_stop":"1"}"#)] {
            let mut stream = send(&practice, method, path, body).await;
            let read = timeout(LIMIT, stream.read_u8()).await.expect("in time");
            assert_eq!(read.expect("an answer"), b'H');
        }
        let requests = practice.control().requests();
        let paths: Vec<_> = requests.iter().map(|request| (request.path.as_str(), request.status)).collect();
        assert_eq!(paths, [(token, 200), (modes, 200)]);
        assert_eq!(requests[1].body.as_deref(), Some(r#"{"data_update_stop":"1"}"#), "what was switched");
        let printed = format!("{requests:?}");
        assert!(!printed.contains("=practice") && !printed.contains("YWRtaW46"), "{printed}");
    }

    #[tokio::test]
    async fn an_answer_that_is_held_back_does_not_keep_it_from_stopping() {
        let practice = Practice::start(Options::default()).await.expect("a free port");
        let control = practice.control();
        control.set_jobs_delay(Duration::from_secs(3_600));
        let mut slow = send(&practice, "GET", "/api/ita/backyard-execute-check/", "").await;
        let mut quick = send(&practice, "GET", "/health-check/liveness", "").await;
        timeout(LIMIT, quick.read_u8()).await.expect("only the list of jobs is slow").expect("an answer");
        let heard = async {
            while control.requests().iter().all(|request| !request.path.starts_with("/api/ita")) {
                tokio::task::yield_now().await;
            }
        };
        timeout(LIMIT, heard).await.expect("the request arrives");
        drop(quick);
        timeout(LIMIT, practice.stop()).await.expect("at once").expect("stopped");
        timeout(LIMIT, slow.read_u8()).await.expect("answered at the end").expect("an answer");
    }

    #[tokio::test]
    async fn a_stopped_platform_leaves_its_port_to_the_next() {
        let first = Practice::start(Options::default()).await.expect("a free port");
        let again = Options { port: first.port(), ..Options::default() };
        let taken = Practice::start(again.clone()).await.expect_err("two platforms on one port");
        assert_eq!(taken.kind(), io::ErrorKind::AddrInUse);
        assert_ne!(first.url(), first.organization_url(), "two sites");
        first.stop().await.expect("stopped");
        let second = Practice::start(again).await.expect("the port is free again");
        second.stop().await.expect("stopped");
    }

    #[tokio::test]
    async fn what_cannot_be_a_platform_is_not_started() {
        let ordinary = Options::default;
        for options in [
            Options { zone: "Asia/Nowhere".to_owned(), ..ordinary() },
            Options { speed: f64::NAN, ..ordinary() },
            Options { speed: -1.0, ..ordinary() },
            Options { organizations: Some(u32::MAX), workspaces: Some(u32::MAX), ..ordinary() },
            Options { organizations: Some(u32::MAX), workspaces: Some(0), ..ordinary() },
            Options { jobs: Some(u32::MAX), ..ordinary() },
        ] {
            let what = format!("{options:?}");
            let error = Practice::start(options).await.expect_err(&what);
            assert_eq!(error.kind(), io::ErrorKind::InvalidInput, "{what}");
        }
    }
}

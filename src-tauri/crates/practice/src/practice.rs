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
    use super::*;

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

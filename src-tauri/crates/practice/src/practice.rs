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
    /// Starts a platform. Fails when the port is taken, or when the zone is unknown (`InvalidInput`).
    pub async fn start(options: Options) -> io::Result<Self> {
        let world = World::new(&options).map_err(|error| io::Error::new(io::ErrorKind::InvalidInput, error))?;
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

impl Drop for Practice {
    fn drop(&mut self) {
        self.stop.send_replace(true);
    }
}

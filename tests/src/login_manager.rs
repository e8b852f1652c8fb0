//! A login manager on a test's own bus, as far as keeping a machine awake goes.

use std::io::Read;
use std::os::fd::OwnedFd as Descriptor;
use std::os::unix::net::UnixStream;
use std::sync::{Arc, Mutex, PoisonError};

use zbus::fdo;
use zbus::zvariant::OwnedFd;

use crate::desktop::Desktop;

/// Hands out locks against sleep; each is held as long as its descriptor is open, as systemd does it.
#[derive(Debug)]
pub struct LoginManager {
    locks: Arc<Mutex<Vec<(String, UnixStream)>>>,
    // Serves as long as it lives.
    _bus: zbus::Connection,
}

#[derive(Debug)]
struct Manager(Arc<Mutex<Vec<(String, UnixStream)>>>);

#[zbus::interface(name = "org.freedesktop.login1.Manager")]
impl Manager {
    fn inhibit(&self, what: &str, who: &str, why: &str, mode: &str) -> fdo::Result<OwnedFd> {
        let failed = |error: std::io::Error| fdo::Error::Failed(error.to_string());
        let (end, lock) = UnixStream::pair().map_err(failed)?;
        end.set_nonblocking(true).map_err(failed)?;
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push((format!("{who}: {why} ({what}, {mode})"), end));
        Ok(Descriptor::from(lock).into())
    }
}

impl LoginManager {
    /// On the desktop's session bus, which is its system bus from now on.
    pub async fn start(desktop: &mut Desktop) -> Self {
        let address = desktop.bus_address();
        desktop.set("DBUS_SYSTEM_BUS_ADDRESS", &address);
        let locks = Arc::default();
        let builder = zbus::connection::Builder::address(address.as_str()).expect("an address");
        let builder = builder.serve_at("/org/freedesktop/login1", Manager(Arc::clone(&locks))).expect("served");
        let bus = builder.name("org.freedesktop.login1").expect("a name").build().await.expect("the bus answers");
        Self { locks, _bus: bus }
    }

    /// The locks that are held now: who, why, and against what.
    pub fn held(&self) -> Vec<String> {
        let mut locks = self.locks.lock().unwrap_or_else(PoisonError::into_inner);
        // The other end is closed where a read finds the end, and open where it would have to wait.
        locks.retain_mut(|(_, end)| end.read(&mut [0]).is_err());
        locks.iter().map(|(lock, _)| lock.clone()).collect()
    }
}

//! A notification service on the session bus of a test, which remembers what it was asked to show.

#![expect(
    clippy::unused_self,
    clippy::too_many_arguments,
    clippy::used_underscore_binding,
    reason = "the signatures are those of the specification, and the macro hands on what nobody looks at"
)]

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use zbus::zvariant::OwnedValue;

use crate::desktop::Desktop;

/// Title and text of a notification.
pub type Shown = (String, String);

/// The service; it leaves the bus when it is dropped.
#[derive(Debug)]
pub struct NotificationService {
    shown: Arc<Mutex<Vec<Shown>>>,
    // Serves as long as it lives.
    _bus: zbus::Connection,
}

impl NotificationService {
    /// Takes the name on the session bus of a desktop.
    pub async fn start(desktop: &Desktop) -> Self {
        let shown = Arc::<Mutex<Vec<Shown>>>::default();
        let service = Service { shown: Arc::clone(&shown) };
        let builder = zbus::connection::Builder::address(desktop.bus_address().as_str()).expect("an address");
        let builder = builder.serve_at("/org/freedesktop/Notifications", service).expect("served");
        let bus = builder.name("org.freedesktop.Notifications").expect("a name").build().await;
        Self { shown, _bus: bus.expect("the bus answers") }
    }

    /// What it was asked to show, in order.
    pub fn shown(&self) -> Vec<Shown> {
        self.shown.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

struct Service {
    shown: Arc<Mutex<Vec<Shown>>>,
}

#[zbus::interface(name = "org.freedesktop.Notifications")]
impl Service {
    fn notify(
        &self,
        _app_name: &str,
        _replaces_id: u32,
        _app_icon: &str,
        summary: &str,
        body: &str,
        _actions: Vec<String>,
        _hints: HashMap<String, OwnedValue>,
        _expire_timeout: i32,
    ) -> u32 {
        let mut shown = self.shown.lock().unwrap_or_else(PoisonError::into_inner);
        shown.push((summary.to_owned(), body.to_owned()));
        u32::try_from(shown.len()).unwrap_or(u32::MAX)
    }

    fn close_notification(&self, _id: u32) {}

    fn get_capabilities(&self) -> Vec<String> {
        vec!["body".to_owned()]
    }

    fn get_server_information(&self) -> (String, String, String, String) {
        ("test".to_owned(), "test".to_owned(), "1".to_owned(), "1.2".to_owned())
    }
}

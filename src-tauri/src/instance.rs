//! One program per user: a second start brings the first window to the front and ends.
//!
//! The plugin that does so asks the first program without a time limit, so a frozen one would keep every later start from
//! opening a window. On Linux it is asked here before, and the plugin is left out where no answer comes.

use ita_core::domain::problem::{Problem, ProblemCode};
use tauri::plugin::TauriPlugin;
use tauri::Wry;

use crate::window;

/// The plugin.
pub(crate) fn single() -> TauriPlugin<Wry> {
    tauri_plugin_single_instance::init(|app, _arguments, _folder| window::focus(app))
}

/// Another program of this user that is running and does not answer: the reason is its process id. A system without a
/// session bus has no way to find one.
pub(crate) fn silent_other(identifier: &str) -> Option<Problem> {
    let process = bus::silent_owner(identifier)?;
    tracing::warn!(process, "another ITA Maintenance does not answer; this one starts beside it");
    Some(Problem::because(ProblemCode::OtherProgramSilent, format!("PID {process}")))
}

#[cfg(target_os = "linux")]
mod bus {
    use std::io::ErrorKind;
    use std::time::Duration;

    use zbus::blocking::connection::Builder;
    use zbus::blocking::fdo::DBusProxy;
    use zbus::names::BusName;

    /// The bus library answers on a thread of its own, also while the program is busy.
    const TIME_LIMIT: Duration = Duration::from_secs(3);

    /// The process that owns the plugin's name on the session bus and does not answer.
    pub(super) fn silent_owner(identifier: &str) -> Option<u32> {
        ask_owner(&format!("{identifier}.SingleInstance")).unwrap_or_else(|error| {
            tracing::info!(%error, "nobody can be asked for another window");
            None
        })
    }

    fn ask_owner(name: &str) -> zbus::Result<Option<u32>> {
        let bus = Builder::session()?.method_timeout(TIME_LIMIT).build()?;
        let owner = BusName::try_from(name)?;
        let process = match DBusProxy::new(&bus)?.get_connection_unix_process_id(owner.clone()) {
            Err(zbus::fdo::Error::NameHasNoOwner(_)) => return Ok(None),
            other => other?,
        };
        // A refusal is an answer too.
        let answer = bus.call_method(Some(owner), "/", Some("org.freedesktop.DBus.Peer"), "Ping", &());
        let is_silent = matches!(answer, Err(zbus::Error::InputOutput(error)) if error.kind() == ErrorKind::TimedOut);
        Ok(is_silent.then_some(process))
    }
}

/// Elsewhere the plugin needs nobody's answer.
#[cfg(not(target_os = "linux"))]
mod bus {
    pub(super) const fn silent_owner(_identifier: &str) -> Option<u32> {
        None
    }
}

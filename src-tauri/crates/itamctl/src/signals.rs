//! Ctrl-C, and a service manager's request to end.

use ita_core::export::Stop;

/// Waits for Ctrl-C, or for a service manager's request to end.
pub(crate) async fn until_stopped() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{signal, SignalKind};
        if let Ok(mut terminate) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = tokio::signal::ctrl_c() => {}
                _ = terminate.recv() => {}
            }
            return;
        }
    }
    // Without a handler the system's own way of ending holds.
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending::<()>().await;
    }
}

/// What stops an export: from now on a signal ends it in good order instead of ending the program where it stands.
pub(crate) fn stop_by_signal() -> Stop {
    let stop = Stop::default();
    let seen = stop.clone();
    tokio::spawn(async move {
        until_stopped().await;
        seen.set();
    });
    stop
}

//! The process that runs the page. It may die of a defect of its own or for want of memory; the session lives in this one,
//! so the page is loaded again and finds everything as it was.

pub(crate) use of_this_system::survive;

#[cfg(target_os = "linux")]
mod of_this_system {
    use std::cell::RefCell;
    use std::time::{Duration, Instant};

    use tauri::WebviewWindow;
    use webkit2gtk::WebViewExt;

    /// How many deaths within [`RECENT`] are answered at once: a page that dies of being loaded must not keep the machine
    /// busy.
    const AT_ONCE: usize = 3;

    const RECENT: Duration = Duration::from_secs(60);

    /// Loads the page again whenever its process ends.
    pub(crate) fn survive(window: &WebviewWindow) -> tauri::Result<()> {
        let page = window.clone();
        window.with_webview(move |webview| {
            let deaths = RefCell::new(Deaths::default());
            webview.inner().connect_web_process_terminated(move |_, reason| {
                let wait = deaths.borrow_mut().wait(Instant::now());
                tracing::error!(?reason, ?wait, "the page's process ended; the page is loaded again");
                let page = page.clone();
                tauri::async_runtime::spawn(async move {
                    tokio::time::sleep(wait).await;
                    // It fails only while the window is being closed.
                    let _ = page.reload();
                });
            });
        })
    }

    /// When the page's process died of late.
    #[derive(Default)]
    struct Deaths(Vec<Instant>);

    impl Deaths {
        /// Counts one, and says how long to wait before the page is loaded again.
        fn wait(&mut self, now: Instant) -> Duration {
            self.0.retain(|death| now.duration_since(*death) < RECENT);
            self.0.push(now);
            if self.0.len() > AT_ONCE {
                RECENT
            } else {
                Duration::ZERO
            }
        }
    }

    #[cfg(test)]
    mod tests {
        use super::*;

        #[test]
        fn three_deaths_in_a_minute_are_answered_at_once_and_a_fourth_waits() {
            let mut deaths = Deaths::default();
            let start = Instant::now();
            let mut wait = |seconds| deaths.wait(start + Duration::from_secs(seconds)).as_secs();
            assert_eq!([wait(0), wait(1), wait(2), wait(3)], [0, 0, 0, 60]);
            assert_eq!(wait(64), 0, "the page lived for a minute: what was before counts no more");
        }
    }
}

/// Elsewhere the system's web view is left to its own ways.
#[cfg(not(target_os = "linux"))]
mod of_this_system {
    pub(crate) const fn survive(_window: &tauri::WebviewWindow) -> tauri::Result<()> {
        Ok(())
    }
}

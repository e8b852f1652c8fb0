//! Keeps the workstation from sleeping while a procedure waits (product §5).

use std::sync::mpsc::{channel, Receiver, Sender};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use keepawake::{Builder, KeepAwake};

/// What the system shows to whoever asks what keeps it awake.
const PROGRAM: &str = "ITA Maintenance";
const REASON: &str = "maintenance procedure";

/// Who wants it awake, and the one thread that asks the system, which may take its time to answer.
#[derive(Clone)]
pub(crate) struct Awake {
    wanted: Arc<Mutex<Wanted>>,
    tell: Sender<bool>,
}

#[derive(Default)]
struct Wanted {
    on_screen: bool,
    in_background: bool,
    told: bool,
}

impl Awake {
    pub(crate) fn new() -> Self {
        let (tell, told) = channel();
        // Without the thread nothing is kept awake; the procedure survives sleep as well.
        if let Err(error) = thread::Builder::new().name("awake".to_owned()).spawn(move || hold_as_told(&told)) {
            tracing::error!(%error, "nothing will keep the workstation from sleeping");
        }
        Self { wanted: Arc::default(), tell }
    }

    /// The procedure on the screen.
    pub(crate) fn on_screen(&self, wants: bool) {
        self.change(|wanted| wanted.on_screen = wants);
    }

    /// The procedures behind it.
    pub(crate) fn in_background(&self, wants: bool) {
        self.change(|wanted| wanted.in_background = wants);
    }

    fn change(&self, change: impl FnOnce(&mut Wanted)) {
        let mut wanted = self.wanted.lock().unwrap_or_else(PoisonError::into_inner);
        change(&mut wanted);
        let now = wanted.on_screen || wanted.in_background;
        if std::mem::replace(&mut wanted.told, now) != now {
            let _ = self.tell.send(now); // it fails where the thread could not be started
        }
    }
}

fn hold_as_told(told: &Receiver<bool>) {
    let mut held: Option<KeepAwake> = None;
    while let Ok(wants) = told.recv() {
        held = if wants { held.or_else(hold) } else { None };
    }
}

/// Against sleep altogether where the system allows it to this user, otherwise against sleep out of idleness.
fn hold() -> Option<KeepAwake> {
    let ask = |sleep| Builder::default().idle(true).sleep(sleep).app_name(PROGRAM).reason(REASON).create();
    match ask(true).or_else(|_| ask(false)) {
        Ok(held) => Some(held),
        Err(error) => {
            tracing::warn!(%error, "the system does not let itself be kept from sleeping");
            None
        }
    }
}

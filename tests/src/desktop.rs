//! A desktop session that belongs to one test: own home, own session bus, own keyring, own screen.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::io::Write;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use tempfile::TempDir;

use crate::service::Service;
use crate::wait::LIMIT;

/// The keyring's name on the bus.
const SECRET_SERVICE: &str = "org.freedesktop.secrets";

/// Opens the keyring of every test desktop. It protects nothing.
const KEYRING_PASSWORD: &str = "keyring of a test\n";

/// The session bus starts no services by itself: what runs is what a test started, and an early call cannot wake a
/// second, locked keyring.
const BUS_CONFIGURATION: &str = r#"<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:path=BUS</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"#;

/// Variables of the desktop on which the tests were started; none of them may leak into a test.
const FOREIGN: [&str; 9] = [
    "DISPLAY",
    "LANGUAGE",
    "WAYLAND_DISPLAY",
    "XAUTHORITY",
    "DBUS_SESSION_BUS_ADDRESS",
    "GNOME_KEYRING_CONTROL",
    "SESSION_MANAGER",
    "XDG_CURRENT_DESKTOP",
    "XDG_SESSION_TYPE",
];

/// How a test desktop's screen is made.
#[derive(Debug, Clone, Copy)]
pub struct Screen {
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
}

impl Default for Screen {
    fn default() -> Self {
        Self { width: 1280, height: 800 }
    }
}

/// A test's own desktop. Starts empty: no bus, no keyring, no screen. Ends everything it started when dropped.
#[derive(Debug)]
pub struct Desktop {
    environment: BTreeMap<&'static str, OsString>,
    // Dropped in this order: whoever uses a service ends before it.
    keyring: Option<Service>,
    screen: Option<Service>,
    bus: Option<Service>,
    home: TempDir,
}

impl Default for Desktop {
    fn default() -> Self {
        Self::new()
    }
}

impl Desktop {
    /// An own home and nothing else.
    pub fn new() -> Self {
        let home = tempfile::Builder::new().prefix("ita-desktop-").tempdir().expect("a temporary directory");
        let mut environment = BTreeMap::from([("HOME", home.path().into())]);
        for (name, directory) in [
            ("XDG_RUNTIME_DIR", "run"),
            ("XDG_DATA_HOME", "data"),
            ("XDG_CONFIG_HOME", "config"),
            ("XDG_CACHE_HOME", "cache"),
            ("XDG_STATE_HOME", "state"),
        ] {
            let path = home.path().join(directory);
            create_private(&path);
            environment.insert(name, path.into());
        }
        std::fs::create_dir(home.path().join("logs")).expect("a directory in a new home");
        // Nothing on the bus answers the accessibility bridge, settings need no daemon, DMABUF shows blank windows
        // without a graphics card.
        // The window has its own language; the system's dialogs and paper are those that the tests know.
        for (name, value) in [
            ("LC_ALL", "C.UTF-8"),
            ("NO_AT_BRIDGE", "1"),
            ("GSETTINGS_BACKEND", "memory"),
            ("GDK_BACKEND", "x11"),
            ("WEBKIT_DISABLE_DMABUF_RENDERER", "1"),
        ] {
            environment.insert(name, value.into());
        }
        Self { environment, keyring: None, screen: None, bus: None, home }
    }

    /// What an administrator's desktop has: session bus, unlocked keyring, screen.
    pub fn complete() -> Self {
        let mut desktop = Self::new();
        desktop.start_bus();
        desktop.start_keyring();
        desktop.start_screen(Screen::default());
        desktop
    }

    /// The home directory.
    pub fn home(&self) -> &Path {
        self.home.path()
    }

    /// Where the services of this desktop leave what they print.
    pub fn logs(&self) -> PathBuf {
        self.home.path().join("logs")
    }

    /// Sets a variable for all programs that start from now on.
    pub fn set(&mut self, name: &'static str, value: impl Into<OsString>) {
        self.environment.insert(name, value.into());
    }

    /// A command that lives on this desktop.
    pub fn command(&self, program: impl AsRef<std::ffi::OsStr>) -> Command {
        let mut command = Command::new(program);
        for name in FOREIGN {
            command.env_remove(name);
        }
        command.envs(&self.environment).current_dir(self.home()).stdin(Stdio::null());
        command
    }

    /// Moves the test process itself onto this desktop. A process can do so once, before it talks to a bus: nextest
    /// gives each test its own.
    pub fn enter(&self) {
        assert!(std::env::var_os("NEXTEST").is_some(), "these tests need a process each: run them with `npm run e2e`");
        for name in FOREIGN {
            std::env::remove_var(name);
        }
        for (name, value) in &self.environment {
            std::env::set_var(name, value);
        }
    }

    /// Starts the session bus.
    pub fn start_bus(&mut self) {
        let socket = self.home.path().join("run/bus");
        let configuration = self.home.path().join("bus.conf");
        let text = BUS_CONFIGURATION.replace("BUS", &socket.to_string_lossy());
        std::fs::write(&configuration, text).expect("a file in a new home");
        self.set("DBUS_SESSION_BUS_ADDRESS", format!("unix:path={}", socket.display()));
        let mut command = self.command("dbus-daemon");
        command.arg("--config-file").arg(configuration).args(["--nofork", "--nopidfile", "--nosyslog"]);
        let mut bus = Service::start("dbus-daemon", &self.logs(), &mut command);
        bus.wait_until(LIMIT, || self.has_owner("org.freedesktop.DBus"));
        self.bus = Some(bus);
    }

    /// Starts the keyring, unlocked; the first time it is created.
    pub fn start_keyring(&mut self) {
        let mut command = self.keyring_daemon();
        let mut keyring =
            Service::start("gnome-keyring-daemon", &self.logs(), command.arg("--unlock").stdin(Stdio::piped()));
        let mut stdin = keyring.take_stdin().expect("stdin is piped");
        stdin.write_all(KEYRING_PASSWORD.as_bytes()).expect("the keyring reads its password");
        drop(stdin);
        keyring.wait_until(LIMIT, || self.has_owner(SECRET_SERVICE));
        self.keyring = Some(keyring);
    }

    /// Starts the keyring and does not unlock it; nobody is there to show its prompt.
    pub fn start_locked_keyring(&mut self) {
        let mut keyring = Service::start("gnome-keyring-daemon", &self.logs(), &mut self.keyring_daemon());
        keyring.wait_until(LIMIT, || self.has_owner(SECRET_SERVICE));
        self.keyring = Some(keyring);
    }

    /// Leaves the keyring on the bus and keeps it from answering.
    pub fn freeze_keyring(&self) {
        self.keyring.as_ref().expect("a keyring runs").freeze();
    }

    /// Ends the keyring without a chance to answer whoever is asking.
    pub fn kill_keyring(&mut self) {
        self.keyring.as_ref().expect("a keyring runs").kill();
        self.stop_keyring();
    }

    /// Ends the keyring service; what it keeps stays in its files.
    pub fn stop_keyring(&mut self) {
        self.keyring = None;
        crate::wait::until("the keyring has left the bus", LIMIT, || !self.has_owner(SECRET_SERVICE));
    }

    /// Starts a screen in memory.
    pub fn start_screen(&mut self, Screen { width, height }: Screen) {
        let mut command = self.command("Xvfb");
        // Without a number of its own choice it would have to be guessed: it prints the one it took.
        command.args(["-displayfd", "1", "-screen", "0", &format!("{width}x{height}x24"), "-nolisten", "tcp"]);
        let mut screen = Service::start("Xvfb", &self.logs(), &mut command);
        let log = self.logs().join("Xvfb.log");
        let number = || {
            let text = std::fs::read_to_string(&log).unwrap_or_default();
            text.lines().find_map(|line| line.trim().parse::<u32>().ok().filter(|_| text.ends_with('\n')))
        };
        screen.wait_until(LIMIT, || number().is_some());
        let display = format!(":{}", number().expect("the number was there"));
        self.set("DISPLAY", display);
        self.screen = Some(screen);
    }

    /// The power goes and comes back, and the user logs in: services end without a word, what was in memory is gone. Programs
    /// on it are ended by whoever started them.
    pub fn restart_machine(&mut self) {
        for service in [&self.keyring, &self.screen, &self.bus] {
            service.as_ref().expect("a complete desktop").kill();
        }
        (self.keyring, self.screen, self.bus) = (None, None, None);
        let memory = self.home.path().join("run");
        std::fs::remove_dir_all(&memory).expect("nobody holds it");
        create_private(&memory);
        self.start_bus();
        self.start_keyring();
        self.start_screen(Screen::default());
    }

    /// Where its session bus is found.
    pub fn bus_address(&self) -> String {
        let address = self.environment.get("DBUS_SESSION_BUS_ADDRESS").and_then(|address| address.to_str());
        address.expect("a bus was started").to_owned()
    }

    /// The name of its screen, such as `:7`.
    pub fn display(&self) -> &str {
        let display = self.environment.get("DISPLAY").and_then(|display| display.to_str());
        display.expect("a screen was started")
    }

    /// Writes a picture of the whole screen, as PNG.
    pub fn photograph(&self, file: &Path) {
        assert!(self.screen.is_some(), "a picture needs a screen");
        let status = self.command("import").args(["-silent", "-window", "root"]).arg(file).status();
        let taken = status.is_ok_and(|status| status.success());
        assert!(taken, "no picture could be written to {} (imagemagick installed?)", file.display());
    }

    /// Clicks the button that closes the window with this title.
    pub fn close_window(&self, title: &str) {
        let id = self.xdotool(&["search", "--name", title]).parse().expect("one window has this title");
        crate::screen::ask_to_close(self.display(), id);
    }

    /// Works in the window with this title from now on.
    pub fn enter_window(&self, title: &str) {
        let id = self.xdotool(&["search", "--name", title]).parse().expect("one window has this title");
        crate::screen::give_keyboard(self.display(), Some(id));
    }

    /// Works in no window from now on.
    pub fn leave_windows(&self) {
        crate::screen::give_keyboard(self.display(), None);
    }

    /// Does on the screen what a person would, and says what is seen there.
    pub fn xdotool(&self, arguments: &[&str]) -> String {
        let answer = self.command("xdotool").args(arguments).output().expect("xdotool is installed");
        String::from_utf8_lossy(&answer.stdout).trim().to_owned()
    }

    /// Whether somebody on the bus answers to this name. Asks the bus itself, which wakes nobody.
    pub fn has_owner(&self, name: &str) -> bool {
        let answer = self
            .command("dbus-send")
            .args(["--session", "--print-reply=literal", "--dest=org.freedesktop.DBus", "/org/freedesktop/DBus"])
            .args(["org.freedesktop.DBus.NameHasOwner", &format!("string:{name}")])
            .output();
        answer.is_ok_and(|answer| String::from_utf8_lossy(&answer.stdout).contains("boolean true"))
    }

    /// Hears what is said on the session bus from now on, by a match rule of D-Bus.
    pub fn listen(&self, rule: &str) -> Listener {
        let mut command = self.command("dbus-monitor");
        command.args(["--session", rule]);
        let mut service = Service::start("dbus-monitor", &self.logs(), &mut command);
        // It prints that it got its own name, and later that it lost it: then it hears everything.
        service.wait_until(LIMIT, || {
            let log = std::fs::read_to_string(self.logs().join("dbus-monitor.log")).unwrap_or_default();
            log.contains("member=NameLost")
        });
        Listener { service }
    }

    fn keyring_daemon(&self) -> Command {
        assert!(self.bus.is_some(), "a keyring needs a bus");
        let mut command = self.command("gnome-keyring-daemon");
        command.args(["--components=secrets", "--foreground"]);
        command
    }
}

/// D-Bus and the keyring refuse a runtime directory that others can read.
fn create_private(path: &Path) {
    std::fs::create_dir(path).expect("a directory in a new home");
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o700)).expect("own directory");
}

/// Somebody who hears what is said on the session bus.
#[derive(Debug)]
pub struct Listener {
    service: Service,
}

impl Listener {
    /// How often a text was heard.
    pub fn heard(&self, text: &str) -> usize {
        self.service.output().matches(text).count()
    }

    /// Waits until a text was heard so often.
    pub fn wait_for(&mut self, text: &str, times: usize) {
        let log = self.service.log().to_owned();
        let heard = || std::fs::read_to_string(&log).unwrap_or_default().matches(text).count();
        self.service.wait_until(LIMIT, || heard() >= times);
    }
}

// The Debian and Ubuntu packages that this project needs, and why. `npm start` asks for BUILD, `npm test` for BUILD and
// TEST, a start without a display for BUILD and DISPLAY, `npm run bench` for BENCH.

/** @typedef {{name: string, why: string}} SystemPackage */

/** What compiling and running the window takes. @type {SystemPackage[]} */
export const BUILD = [
  { name: 'build-essential', why: 'C compiler and linker for the Rust build' },
  { name: 'pkg-config', why: 'finds the libraries below' },
  { name: 'file', why: 'names file types while bundling' },
  { name: 'libwebkit2gtk-4.1-dev', why: 'the web view that draws the window' },
  { name: 'libsoup-3.0-dev', why: 'the network layer of the web view' },
  { name: 'libayatana-appindicator3-dev', why: 'the notification area' },
  { name: 'librsvg2-dev', why: 'draws icons' },
  { name: 'libssl-dev', why: 'TLS headers for the build' },
  { name: 'libxdo-dev', why: 'menu shortcuts under X' },
];

/** What a window needs where there is no screen. @type {SystemPackage[]} */
export const DISPLAY = [
  { name: 'xvfb', why: 'a screen in memory' },
  { name: 'xauth', why: 'access to that screen' },
  { name: 'dbus', why: 'the session bus' },
  { name: 'fonts-noto-cjk', why: 'Japanese glyphs' },
  { name: 'imagemagick', why: 'takes the picture' },
];

/** What the end-to-end suites use beyond that. @type {SystemPackage[]} */
export const TEST = [
  ...DISPLAY,
  { name: 'valgrind', why: 'counts the instructions of the job table' },
  { name: 'webkit2gtk-driver', why: 'drives the real window' },
  { name: 'dbus-x11', why: 'starts a session bus for X programs' },
  { name: 'gnome-keyring', why: 'the real secret service' },
  { name: 'libsecret-tools', why: 'looks into the keyring from outside' },
  { name: 'x11-apps', why: 'looks at the screen' },
  { name: 'xdotool', why: 'answers the dialogs of the system' },
  { name: 'openssl', why: 'makes and serves the certificates that administrators have' },
  { name: 'systemd', why: 'understands the timer of the documentation' },
  { name: 'poppler-utils', why: 'looks at what was printed' },
  { name: 'libfaketime', why: 'lets the window sleep without waiting' },
  { name: 'gdb', why: 'takes an image of the memory, to look for passwords in it' },
];

/** What `npm run bench` measures against, and with. @type {SystemPackage[]} */
export const BENCH = [
  { name: 'build-essential', why: 'C compiler and linker for the Rust build' },
  { name: 'curl', why: 'the anchor: reads the running jobs' },
  { name: 'jq', why: 'the anchor: makes a CSV of them' },
  { name: 'time', why: 'tells the peak memory of a program' },
];

// What has to be on the machine before anything is built.

import { existsSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import * as apt from './apt.mjs';
import { OLDEST } from './project.mjs';
import { ask } from './run.mjs';
import { Halt, say } from './say.mjs';

/** Checks Rust and Node, and installs the system packages that are missing. */
export async function prepare(packages) {
  checkNode();
  checkRust();
  if (process.platform === 'darwin') return checkMac();
  if (process.platform === 'win32') return checkWindows();
  if (apt.hasApt()) return apt.install(packages);
  return checkOtherLinux(packages);
}

/** Whether `text` names at least version `oldest`. */
function isAtLeast(text, [major, minor]) {
  const found = /(\d+)\.(\d+)/.exec(text);
  if (!found) return false;
  const [foundMajor, foundMinor] = [Number(found[1]), Number(found[2])];
  return foundMajor > major || (foundMajor === major && foundMinor >= minor);
}

function checkNode() {
  if (!isAtLeast(process.version, OLDEST.node)) {
    throw new Halt(`Node ${OLDEST.node.join('.')} or newer is needed; this is ${process.version}. See https://nodejs.org`);
  }
  if (!ask('npm', ['--version']).ok) throw new Halt('npm is needed and was not found; it comes with Node.');
}

function checkRust() {
  // A rustup of this session is often not on the PATH of the shell yet.
  const cargoHome = process.env.CARGO_HOME ?? path.join(os.homedir(), '.cargo');
  const bin = path.join(cargoHome, 'bin');
  if (existsSync(bin) && !process.env.PATH.split(path.delimiter).includes(bin)) {
    process.env.PATH += path.delimiter + bin;
  }
  const rust = ask('rustc', ['--version']);
  const needed = `Rust ${OLDEST.rust.join('.')} or newer is needed`;
  if (!rust.ok || !ask('cargo', ['--version']).ok) throw new Halt(`${needed} and was not found. See https://rustup.rs`);
  if (!isAtLeast(rust.out, OLDEST.rust)) throw new Halt(`${needed}; this is ${rust.out.trim()}. Run: rustup update stable`);
}

function checkMac() {
  if (!ask('xcode-select', ['-p']).ok) {
    throw new Halt("Apple's command line tools are missing. Run this once, then start again:\n\n  xcode-select --install\n");
  }
}

function checkWindows() {
  const missing = [];
  const vswhere = path.join(
    process.env['ProgramFiles(x86)'] ?? 'C:\\Program Files (x86)',
    'Microsoft Visual Studio\\Installer\\vswhere.exe',
  );
  const tools = 'Microsoft.VisualStudio.Component.VC.Tools.x86.x64';
  if (!ask(vswhere, ['-products', '*', '-requires', tools, '-property', 'installationPath']).out.trim()) {
    missing.push(
      'Microsoft C++ Build Tools, workload "Desktop development with C++":\n' +
        '  https://visualstudio.microsoft.com/visual-cpp-build-tools/',
    );
  }
  const client = 'Microsoft\\EdgeUpdate\\Clients\\{F3017226-FE2A-4295-8BDF-00C3A9A7E4C5}';
  const keys = [`HKLM\\SOFTWARE\\WOW6432Node\\${client}`, `HKLM\\SOFTWARE\\${client}`, `HKCU\\Software\\${client}`];
  if (!keys.some((key) => ask('reg', ['query', key, '/v', 'pv']).ok)) {
    missing.push('Microsoft Edge WebView2 Runtime:\n  https://developer.microsoft.com/microsoft-edge/webview2/');
  }
  if (missing.length > 0) throw new Halt(`Missing on this machine:\n\n${missing.join('\n')}\n`);
}

function checkOtherLinux(packages) {
  const libraries = ['webkit2gtk-4.1', 'libsoup-3.0', 'librsvg-2.0', 'ayatana-appindicator3-0.1', 'openssl'];
  const absent = libraries.filter((name) => !ask('pkg-config', ['--exists', name]).ok);
  if (absent.length === 0) {
    say('This is no Debian or Ubuntu: nothing was installed, and what the build needs is there.');
    return;
  }
  const list = packages.map(({ name, why }) => `  ${name}  (${why})`).join('\n');
  throw new Halt(
    `This is no Debian or Ubuntu, and pkg-config does not find: ${absent.join(' ')}\n` +
      `Install what corresponds to these Debian packages, then start again:\n\n${list}\n`,
  );
}

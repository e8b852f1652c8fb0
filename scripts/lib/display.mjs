// A screen in memory, a session bus of its own, and pictures of what is on the screen.

import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { ask } from './run.mjs';
import { Halt } from './say.mjs';

/** Width and height of the screen: those of the window. */
const SIZE = '1280x800';

/** How long a service may take to answer, and a window to be painted; milliseconds. */
const SERVICE_LIMIT = 20_000;
const PAINT_LIMIT = 60_000;
const BETWEEN_LOOKS = 250;

/** A picture with fewer colours is an empty window on an empty screen. */
const COLOURS_OF_A_PAINTED_WINDOW = 32;

/** Whether somebody could see a window. */
export const hasDisplay = () =>
  process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);

/** Starts a service that names itself on file descriptor 3, and waits for that name. */
async function startService(command, args, env) {
  const child = spawn(command, args, { env, stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
  const name = await new Promise((resolve, reject) => {
    const fail = (why) => reject(new Halt(`${command} ${why}.`));
    const timer = setTimeout(() => fail(`did not answer within ${SERVICE_LIMIT / 1000} s`), SERVICE_LIMIT);
    let text = '';
    child.stdio[3].on('data', (chunk) => {
      text += chunk;
      if (!text.includes('\n')) return;
      clearTimeout(timer);
      resolve(text.trim());
    });
    child.on('error', (error) => fail(error.message));
    child.on('exit', (code) => fail(`ended with ${code}`));
  }).catch((error) => {
    child.kill();
    throw error;
  });
  return { child, name };
}

/** An X server and a session bus of our own. `env` leads programs to them; `close` ends both and only them. */
export async function openScreen() {
  const runtime = mkdtempSync(path.join(os.tmpdir(), 'ita-maintenance-'));
  const children = [];
  const close = () => {
    for (const child of children.reverse()) child.kill();
    rmSync(runtime, { recursive: true, force: true });
  };
  process.once('exit', close);
  const env = { ...process.env, XDG_RUNTIME_DIR: runtime, GDK_BACKEND: 'x11', NO_AT_BRIDGE: '1' };
  delete env.WAYLAND_DISPLAY;

  const x = await startService('Xvfb', ['-displayfd', '3', '-screen', '0', `${SIZE}x24`, '-nolisten', 'tcp'], env);
  children.push(x.child);
  env.DISPLAY = `:${x.name}`;
  const bus = await startService('dbus-daemon', ['--session', '--nofork', '--print-address=3'], env);
  children.push(bus.child);
  env.DBUS_SESSION_BUS_ADDRESS = bus.name;
  return { env, close };
}

/** Writes a picture of the screen and returns how many colours it has, and a fingerprint. */
function takePicture(file, env) {
  if (!ask('import', ['-silent', '-window', 'root', file], { env }).ok) return { colours: 0, print: '' };
  const { out } = ask('identify', ['-format', '%k %#', file]);
  const [colours, print] = out.split(' ');
  return { colours: Number(colours), print };
}

/**
 * Waits until the program behind `child` has painted its window, and writes a picture to `file`. Painted means: many
 * colours, and the same twice in a row. A window that never rests (a clock) is taken as it is at the time limit.
 */
export async function photograph(child, env, file) {
  mkdirSync(path.dirname(file), { recursive: true });
  const trial = `${file}.trial.png`;
  const deadline = Date.now() + PAINT_LIMIT;
  let last = { colours: 0, print: '' };
  while (Date.now() < deadline) {
    if (child.exitCode !== null || child.signalCode !== null) {
      throw new Halt(`The program ended by itself (${child.exitCode ?? child.signalCode}) before it showed a window.`);
    }
    const picture = takePicture(trial, env);
    if (picture.colours >= COLOURS_OF_A_PAINTED_WINDOW) renameSync(trial, file);
    if (picture.colours >= COLOURS_OF_A_PAINTED_WINDOW && picture.print === last.print) return;
    last = picture;
    await pause(BETWEEN_LOOKS);
  }
  if (last.colours < COLOURS_OF_A_PAINTED_WINDOW) {
    throw new Halt(`No window was painted within ${PAINT_LIMIT / 1000} s. What the screen shows: ${trial}`);
  }
}

// Starting other programs: their output goes straight to the terminal, or is returned.

import { spawn, spawnSync } from 'node:child_process';
import { ROOT } from './project.mjs';

const WINDOWS = process.platform === 'win32';
// npm and npx are .cmd files on Windows, which only a shell can start. Their arguments here are constants of ours.
const needsShell = (command) => WINDOWS && /^np[mx]$/.test(command);

/**
 * Runs a program to its end with the terminal as its own.
 * @returns {Promise<number>} its exit code; 127 when it cannot be started, 128 when a signal ended it
 */
export function run(command, args, { env = {}, cwd = ROOT } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: 'inherit',
      shell: needsShell(command),
    });
    child.on('error', (error) => {
      console.error(`${command}: ${error.message}`);
      resolve(127);
    });
    child.on('exit', (code) => resolve(code ?? 128));
  });
}

/**
 * Runs a short program and returns what it said.
 * @returns {{ok: boolean, out: string}} `ok` is false when it is missing or failed
 */
export function ask(command, args, { env = {} } = {}) {
  const done = spawnSync(command, args, {
    cwd: ROOT,
    env: { ...process.env, LC_ALL: 'C.UTF-8', ...env },
    encoding: 'utf8',
    shell: needsShell(command),
  });
  return { ok: done.status === 0, out: done.stdout ?? '' };
}

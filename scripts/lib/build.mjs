// npm packages, the UI, the programs.

import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from './project.mjs';
import { run } from './run.mjs';
import { Halt, say } from './say.mjs';

/**
 * The whole workspace with its tests: one set of features for builds, lints and tests, so that nothing is built twice.
 * `--locked`: a build never edits Cargo.lock.
 */
export const WORKSPACE = ['--workspace', '--all-targets', '--locked'];

/** When a file was last written; 0 if it is not there. */
function writtenAt(file) {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

/** When the newest file below a directory was written. */
function newestBelow(directory, skip) {
  return Math.max(
    0,
    ...readdirSync(directory, { withFileTypes: true }).map((entry) => {
      const file = path.join(directory, entry.name);
      if (skip.includes(file)) return 0;
      return entry.isDirectory() ? newestBelow(file, skip) : writtenAt(file);
    }),
  );
}

/** Installs the npm packages of the lock file unless they are there. */
export async function installNpmPackages() {
  const lock = path.join(ROOT, 'package-lock.json');
  if (writtenAt(path.join(ROOT, 'node_modules/.package-lock.json')) >= writtenAt(lock)) return;
  say('Installing npm packages: node_modules is missing or older than package-lock.json.');
  if ((await run('npm', ['ci', '--no-audit', '--no-fund'])) !== 0) throw new Halt('npm ci failed; see above.');
}

/** Builds the UI into ui/dist unless what is there is newer than every source. The Rust build puts it into the program. */
export async function buildUi() {
  const ui = path.join(ROOT, 'ui');
  const dist = path.join(ui, 'dist');
  const configuration = ['package.json', 'package-lock.json', 'vite.config.ts', 'tsconfig.json'];
  const changed = Math.max(newestBelow(ui, [dist]), ...configuration.map((file) => writtenAt(path.join(ROOT, file))));
  if (writtenAt(path.join(dist, 'index.html')) > changed) return;
  say('Building the UI.');
  if ((await run('npm', ['run', '--silent', 'build'])) !== 0) throw new Halt('The UI does not build; see above.');
}

/** Builds the window alone. */
export async function buildWindow() {
  say('Building the window. The first time takes several minutes; cargo shows how far it is.');
  if ((await run('cargo', ['build', '--package', 'ita-maintenance', '--locked'])) !== 0) {
    throw new Halt('The window does not build; see above.');
  }
}

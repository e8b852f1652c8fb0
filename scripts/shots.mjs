// `npm run shots`: renews the pictures in docs/screenshots. The end-to-end suites take them on their way; a run that fails
// leaves the pictures that are there.

import { mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { CACHE, ROOT } from './lib/project.mjs';
import { ask } from './lib/run.mjs';

const TAKEN = path.join(CACHE, 'shots');
const KEPT = path.join(ROOT, 'docs', 'screenshots');
const picturesIn = (folder) => readdirSync(folder).filter((name) => name.endsWith('.png'));

function keep() {
  const names = picturesIn(TAKEN);
  // A third of the bytes, and nobody sees it: every clone carries these.
  ask('mogrify', ['-strip', '+dither', '-colors', '255', ...names.map((name) => path.join(TAKEN, name))]);
  for (const name of picturesIn(KEPT)) rmSync(path.join(KEPT, name));
  for (const name of names) renameSync(path.join(TAKEN, name), path.join(KEPT, name));
}

rmSync(TAKEN, { recursive: true, force: true });
mkdirSync(TAKEN, { recursive: true });
process.env.ITA_SHOTS_DIR = TAKEN;
process.argv.push('e2e');
process.once('exit', (code) => code === 0 && keep());
await import('./test.mjs');

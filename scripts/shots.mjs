// `npm run shots`: renews the pictures in docs/screenshots. The end-to-end suites take them on their way.

import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from './lib/project.mjs';
import { ask } from './lib/run.mjs';

const FOLDER = path.join(ROOT, 'docs', 'screenshots');
const pictures = () => readdirSync(FOLDER).filter((name) => name.endsWith('.png'));

/** A third of the bytes, and nobody sees it: every clone carries these. */
function shrink() {
  const files = pictures().map((name) => path.join(FOLDER, name));
  if (files.length > 0) ask('mogrify', ['-strip', '+dither', '-colors', '255', ...files]);
}

mkdirSync(FOLDER, { recursive: true });
for (const name of pictures()) rmSync(path.join(FOLDER, name));
process.env.ITA_SHOTS_DIR = FOLDER;
process.argv.push('e2e');
process.once('exit', shrink);
await import('./test.mjs');

// `npm run shots`: renews the pictures in docs/screenshots. The end-to-end suites take them on their way.

import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from './lib/project.mjs';

process.env.ITA_SHOTS_DIR = path.join(ROOT, 'docs', 'screenshots');
mkdirSync(process.env.ITA_SHOTS_DIR, { recursive: true });
process.argv.push('e2e');
await import('./test.mjs');

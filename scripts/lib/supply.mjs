// What is built into the product, and where it comes from: licences, banned crates and sources by `deny.toml`, and the
// lock file of npm.

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from './project.mjs';
import { run } from './run.mjs';
import { say } from './say.mjs';

const LOCK = path.join(ROOT, 'package-lock.json');
const CHECKS = ['bans', 'licenses', 'sources'];

/**
 * What is wrong with one entry of the lock file. The registry is the reader's own, so an address is left out or relative;
 * the hash pins the content, wherever it came from.
 */
function objection([name, { version = '', resolved = '', integrity = '', link = false, inBundle = false }]) {
  if (link) return `${name}: a link out of the lock file`;
  if (/^(git|file|https?|ssh)[+:]|^github:/.test(`${version}`)) return `${name}: not from the registry (${version})`;
  if (resolved !== '' && !/^https:\/\/[^/]+\/.+\.tgz$/.test(resolved)) return `${name}: not from a registry (${resolved})`;
  // Comes inside the archive of the package that bundles it, under that one's hash.
  if (inBundle) return undefined;
  return /^sha512-[A-Za-z0-9+/]{86}==$/.test(integrity) ? undefined : `${name}: no SHA-512 of its content`;
}

/** Every npm package is pinned by the hash of its content and comes from a registry. Returns what is wrong. */
export function lockProblems(lock) {
  const entries = Object.entries(lock.packages).filter(([name]) => name !== '');
  if (lock.lockfileVersion < 3 || entries.length === 0) return ['package-lock.json: not a lock file of npm 7 or later'];
  const { dependencies = {}, devDependencies = {} } = lock.packages[''];
  const loose = Object.entries({ ...dependencies, ...devDependencies })
    .filter(([, wanted]) => !/^[\^~]?\d+\.\d+\.\d+$/.test(wanted))
    .map(([name, wanted]) => `${name}: ${wanted} is no version of a registry`);
  return [...loose, ...entries.map(objection).filter((problem) => problem !== undefined)];
}

/** Each of the four checks counts as one test. @returns {Promise<{passed: number, failed: number}>} */
export async function supplyChain() {
  const problems = lockProblems(JSON.parse(readFileSync(LOCK, 'utf8')));
  for (const problem of problems) say(problem);
  let failed = problems.length > 0 ? 1 : 0;
  for (const check of CHECKS) {
    if ((await run('cargo', ['deny', '--locked', 'check', check])) !== 0) failed += 1;
  }
  say('Not checked: advisories. Their database is a Git repository; where it can be reached: cargo deny check advisories');
  return { passed: CHECKS.length + 1 - failed, failed };
}

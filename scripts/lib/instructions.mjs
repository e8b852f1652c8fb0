// Counts the instructions of the pieces of work in tests/bench/src/counted.rs: callgrind runs `bench count` once and
// writes down what each function took, itself and everything that it called.

import { mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { CACHE, TARGET } from './project.mjs';
import { noteRustCase } from './results.mjs';
import { run } from './run.mjs';
import { say } from './say.mjs';

const BENCH = path.join(TARGET, 'debug', 'bench');
const PROFILE = path.join(CACHE, 'callgrind.out');
const LIMITS = path.join(CACHE, 'limits.txt');

/** Runs it, and says each ratio with its limit. @returns {Promise<{passed: number, failed: number} | null>} */
export async function countInstructions() {
  mkdirSync(CACHE, { recursive: true });
  const options = ['--tool=callgrind', '--compress-strings=no', '--compress-pos=no', `--callgrind-out-file=${PROFILE}`];
  const command = `valgrind --quiet ${options.join(' ')} "${BENCH}" count > "${LIMITS}"`;
  if ((await run('sh', ['-c', command])) !== 0) return null;
  const taken = instructionsOf(readFileSync(PROFILE, 'utf8'), 'bench::counted::');
  const tally = { passed: 0, failed: 0 };
  for (const line of readFileSync(LIMITS, 'utf8').trim().split('\n')) {
    const [piece, anchor, limit] = line.split(' ');
    const ratio = taken.get(piece) / taken.get(anchor);
    const holds = ratio <= Number(limit);
    noteRustCase('bench', ['counted', piece], holds);
    tally[holds ? 'passed' : 'failed'] += 1;
    say(`${piece.padEnd(26)} ${ratio.toFixed(2).padStart(8)} × ${anchor}, at most ${limit}: ${holds ? 'holds' : 'MISSED'}`);
  }
  return tally;
}

/**
 * What each function of a module took. In callgrind's format a function's lines follow its `fn=`: its own instructions
 * by source line, and behind each `calls=` one line with those of the call. All of them are its own and what it called.
 * @param {string} profile @param {string} module @returns {Map<string, number>}
 */
export function instructionsOf(profile, module) {
  const taken = new Map();
  let name = null;
  for (const line of profile.split('\n')) {
    if (line.startsWith('fn=')) {
      const full = line.slice('fn='.length);
      name = full.startsWith(module) ? full.slice(module.length).split('::')[0] : null;
    } else if (name !== null && /^\d/.test(line)) {
      taken.set(name, (taken.get(name) ?? 0) + Number(line.split(' ')[1]));
    }
  }
  return taken;
}

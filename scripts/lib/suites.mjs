// The suites of `npm test`. Each returns how many of its tests passed and failed; a tool that only says yes or no
// counts as one.

import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { buildUi, WORKSPACE } from './build.mjs';
import { faultRows } from './faults.mjs';
import { countInstructions } from './instructions.mjs';
import { CACHE, COMMAND_LINE, ROOT, TARGET, WINDOW } from './project.mjs';
import { noteNotHere, noteRustCases, noteUiCases } from './results.mjs';
import { ask, run } from './run.mjs';
import { say } from './say.mjs';
import { supplyChain } from './supply.mjs';

/**
 * @typedef {{passed: number, failed: number}} Tally
 * @typedef {{key: string, title: string, needs?: string[], linuxOnly?: string, run: () => Promise<Tally>}} Suite
 *   `linuxOnly` says why.
 */

const PASSED = { passed: 1, failed: 0 };
/** Something that was to be true and is not. */
export const FAILED = { passed: 0, failed: 1 };

/** A tool whose exit code is all there is to know. */
const verdict = async (command, args) => ((await run(command, args)) === 0 ? PASSED : FAILED);

/** A tool that counts: its own figures, and one failure more when it failed without naming a test. */
const counted = (code, passed, failed) => ({ passed, failed: code !== 0 && failed === 0 ? 1 : failed });

/** Where the Rust tests write the TypeScript types during a run; compared with what is committed. */
const FRESH_TYPES = path.join(CACHE, 'generated');
const TYPES = path.join(ROOT, 'ui', 'generated');

/** Runs Rust tests with nextest under one of the profiles in .config/nextest.toml. */
async function nextest(profile, args, env = {}) {
  const report = path.join(TARGET, 'nextest', profile, 'junit.xml');
  rmSync(report, { force: true });
  const code = await run('cargo', ['nextest', 'run', ...WORKSPACE, '--profile', profile, ...args], { env });
  const cases = existsSync(report) ? readFileSync(report, 'utf8') : '';
  const head = /<testsuites [^>]*>/.exec(cases);
  if (!head) return FAILED;
  noteRustCases(cases);
  const figure = (name) => Number(new RegExp(` ${name}="(\\d+)"`).exec(head[0])?.[1] ?? 0);
  const failed = figure('failures') + figure('errors');
  return counted(code, figure('tests') - failed, failed);
}

async function rustTests() {
  rmSync(FRESH_TYPES, { recursive: true, force: true });
  mkdirSync(FRESH_TYPES, { recursive: true });
  return nextest('default', ['-E', 'not binary(/^(conformance|spreadsheet)$/)'], { TS_RS_EXPORT_DIR: FRESH_TYPES });
}

/** The types as Rust writes them now against those that are there: changed, missing and left over. */
async function generatedTypes() {
  const read = (directory) =>
    new Map(readdirSync(directory).map((name) => [name, readFileSync(path.join(directory, name), 'utf8')]));
  const [fresh, kept] = [read(FRESH_TYPES), read(TYPES)];
  const wrong = [...new Set([...fresh.keys(), ...kept.keys()])].sort().flatMap((name) => {
    if (!fresh.has(name)) return [`${name}: no Rust type writes it any more`];
    if (!kept.has(name)) return [`${name}: missing`];
    return fresh.get(name) === kept.get(name) ? [] : [`${name}: differs`];
  });
  for (const line of wrong) say(`ui/generated/${line}`);
  say(wrong.length > 0 ? 'Renew them with: npm run gen' : `${fresh.size} files, as Rust writes them.`);
  return wrong.length > 0 || fresh.size === 0 ? FAILED : PASSED;
}

async function uiTests() {
  const report = path.join(CACHE, 'vitest.json');
  rmSync(report, { force: true });
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const code = await run('npm', ['run', '--silent', 'test:ui', '--', ...reporters]);
  if (!existsSync(report)) return FAILED;
  const cases = JSON.parse(readFileSync(report, 'utf8'));
  noteUiCases(cases);
  return counted(code, cases.numPassedTests, cases.numFailedTests);
}

/** The real window, the real keyring. The programs under test come by environment variable. */
const desktopTests = () => nextest('desktop', [], { ITA_MAINTENANCE_BIN: WINDOW, ITAMCTL_BIN: COMMAND_LINE });

/** LibreOffice is large, so it is no package that the tests install: they use the one that is there. */
async function spreadsheet() {
  if (!ask('soffice', ['--version']).ok) {
    say('Not run here: LibreOffice is not installed (Debian: libreoffice-calc-nogui).');
    noteNotHere('acceptance::spreadsheet');
    return { passed: 0, failed: 0 };
  }
  return nextest('default', ['-E', 'binary(spreadsheet)']);
}

async function build() {
  await buildUi();
  const code = await run('cargo', ['build', ...WORKSPACE]);
  // Not a test: it only counts when it fails.
  return code === 0 ? { passed: 0, failed: 0 } : FAILED;
}

/** In the order in which they run: what is quick to fail comes first. @type {Suite[]} */
export const SUITES = [
  { key: 'fmt', title: 'Rust formatting', run: () => verdict('cargo', ['fmt', '--all', '--check']) },
  { key: 'check', title: 'UI formatting, lints and types', run: () => verdict('npm', ['run', '--silent', 'check']) },
  { key: 'ui', title: 'UI tests', run: uiTests },
  { key: 'supply', title: 'Supply chain: licences, bans, sources, hashes', run: supplyChain },
  { key: 'build', title: 'Build', run: build },
  {
    key: 'clippy',
    title: 'Rust lints',
    needs: ['build'],
    run: () => verdict('cargo', ['clippy', ...WORKSPACE, '--', '-D', 'warnings']),
  },
  { key: 'rust', title: 'Rust tests', needs: ['build'], run: rustTests },
  { key: 'types', title: 'Generated types', needs: ['rust'], run: generatedTypes },
  {
    key: 'cost',
    title: 'Cost in instructions',
    needs: ['build'],
    linuxOnly: 'valgrind counts them.',
    run: async () => (await countInstructions()) ?? FAILED,
  },
  {
    key: 'conformance',
    title: 'Conformance of the practice platform',
    needs: ['build'],
    run: () => nextest('default', ['-E', 'binary(conformance)', '--success-output', 'immediate']),
  },
  { key: 'spreadsheet', title: 'CSV through a spreadsheet program', needs: ['build'], run: spreadsheet },
  {
    key: 'e2e',
    title: 'End to end: real window, real keyring',
    needs: ['build'],
    linuxOnly: "the window is driven by WebKitGTK's driver.",
    run: desktopTests,
  },
  {
    key: 'faults',
    title: 'Table of faults: row, test, result',
    needs: ['ui', 'rust', 'conformance', 'cost', 'spreadsheet', 'e2e'],
    linuxOnly: 'the rows name tests of the real window.',
    run: async () => faultRows(),
  },
];

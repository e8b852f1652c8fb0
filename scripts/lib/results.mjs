// What each test of this run said, so that a document can name a test and its result.

/**
 * @typedef {'passed' | 'failed' | 'not run' | 'not run here'} Outcome
 *   The last is no failure: this machine lacks what the test would need, and its suite has said so.
 */

/** @type {{binary: string, segments: string[], passed: boolean}[]} */
const rustCases = [];
/** @type {{file: string, title: string, passed: boolean}[]} */
const uiCases = [];

const ENTITIES = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&apos;': "'" };
const plain = (text) => text.replace(/&(amp|lt|gt|quot|apos);/g, (entity) => ENTITIES[entity]);

/** Binaries whose suite said that it cannot run on this machine. @type {Set<string>} */
const notHere = new Set();

/** Notes that this machine lacks what a test binary needs. */
export function noteNotHere(binary) {
  notHere.add(binary);
}

/** Notes the test cases of a JUnit report as nextest writes it. */
export function noteRustCases(xml) {
  for (const [, head, body] of xml.matchAll(/<testcase ([^>]*?)(?:\/>|>([\s\S]*?)<\/testcase>)/g)) {
    const attribute = (name) => plain(new RegExp(`(?:^| )${name}="([^"]*)"`).exec(head)?.[1] ?? '');
    const passed = !/<(failure|error)\b/.test(body ?? '');
    noteRustCase(attribute('classname'), attribute('name').split('::'), passed);
  }
}

/** Notes one: its binary, the modules and the function that it is in. */
export function noteRustCase(binary, segments, passed) {
  rustCases.push({ binary, segments, passed });
}

/** Notes the test cases of vitest's JSON report. */
export function noteUiCases(report) {
  for (const { name, assertionResults } of report.testResults) {
    for (const { title, status } of assertionResults) {
      uiCases.push({ file: name.replaceAll('\\', '/'), title, passed: status === 'passed' });
    }
  }
}

/** The test binary that a Rust file belongs to, and the modules that lead to the file. */
function place(file) {
  const modules = (rest) => rest.replace(/\.rs$/, '').split('/').filter((name) => !/^(mod|lib|main)$/.test(name));
  const suite = /^tests\/tests\/([^/]+?)(?:\.rs$|\/(.+)$)/.exec(file);
  if (suite) return { binary: `acceptance::${suite[1]}`, modules: suite[2] ? modules(suite[2]) : [] };
  const crate = /^(?:src-tauri\/crates\/([^/]+)|src-tauri|tests|tests\/bench)\/src\/(.+)$/.exec(file);
  if (!crate) return undefined;
  const names = { core: 'ita-core', practice: 'ita-practice', itamctl: 'itamctl' };
  const folders = [['tests/bench/', 'bench'], ['tests/', 'acceptance'], ['', 'ita-maintenance']];
  const binary = names[crate[1]] ?? folders.find(([folder]) => file.startsWith(folder))[1];
  return { binary, modules: modules(crate[2]) };
}

function rustOutcomes(file, name) {
  const at = place(file);
  if (!at) return [];
  return rustCases
    .filter(({ binary }) => binary === at.binary || binary.startsWith(`${at.binary}::`))
    .filter(({ segments }) => segments.at(-1) === name && at.modules.every((part, i) => segments[i] === part))
    .map(({ passed }) => passed);
}

/** A title with placeholders, as the source has it, fits every case that was made of it. */
function uiOutcomes(file, title) {
  const pattern = title.split(/%[sidfjo]/).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('.*');
  const fits = new RegExp(`^${pattern}$`, 's');
  return uiCases.filter((it) => it.file.endsWith(`/${file}`) && fits.test(it.title)).map(({ passed }) => passed);
}

/** What a test said in this run. @returns {Outcome} */
export function outcomeOf({ file, name }) {
  const outcomes = file.endsWith('.rs') ? rustOutcomes(file, name) : uiOutcomes(file, name);
  if (outcomes.length === 0) return notHere.has(place(file)?.binary) ? 'not run here' : 'not run';
  return outcomes.every(Boolean) ? 'passed' : 'failed';
}

// The table of faults against the tests of this run: row → test → result. The rows about trust also become
// docs/security.md.

import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from './project.mjs';
import { outcomeOf } from './results.mjs';
import { faint, green, red, say } from './say.mjs';

/** @typedef {{number: number, fault: string, expected: string, tests: {file: string, name: string}[], open: string[]}} Row */

const FAULTS = path.join(ROOT, 'docs', 'faults.md');
const SECURITY = path.join(ROOT, 'docs', 'security.md');
/** Certificates, addresses and proxies; then secrets, files, logs and the page. */
const isAboutTrust = ({ number }) => (number >= 25 && number <= 31) || (number >= 38 && number <= 57);

/** The rows of docs/faults.md. @returns {Row[]} */
function rows() {
  const [, table] = readFileSync(FAULTS, 'utf8').split('## Faults and bad inputs');
  return table
    .split('\n')
    .filter((line) => /^\| \d+ \|/.test(line))
    .map((line) => {
      const [number, fault, expected, shown] = line.replace(/^\| | \|$/g, '').split(' | ');
      const tests = [...shown.matchAll(/`([^`]+?)::([^`]+)`/g)].map(([, file, name]) => ({ file, name }));
      const open = shown.split('; ').filter((part) => part.endsWith('not yet shown'));
      return { number: Number(number), fault, expected, tests, open };
    });
}

const MARK = { passed: green('passed'), failed: red('FAILED'), 'not run': red('not run'), 'not run here': faint('not run here') };

function print({ number, fault, tests, open }) {
  say(`${String(number).padStart(2)}  ${fault}`);
  for (const test of tests) say(`      ${MARK[outcomeOf(test)]}  ${test.name}  ${faint(test.file)}`);
  for (const part of open) say(`      ${faint(part)}`);
}

/** What docs/security.md says after this run. */
function security(all) {
  const lines = all.filter(isAboutTrust).flatMap(({ number, fault, expected, tests, open }) => [
    `| **${number}** | **${fault}** | ${expected} |`,
    ...tests.map((test) => `| | [${test.name}](../${test.file}) | ${outcomeOf(test)} |`),
    ...open.map((part) => `| | ${part} | |`),
  ]);
  return `# What is promised about trust, and the tests that show it

Written by \`npm test\` from the rows 25 to 31 and 38 to 57 of [faults.md](faults.md) and from what each test said in that run;
never by hand. The promise itself and the threats it answers are in [SECURITY.md](../SECURITY.md).

| row | fault or input, and its tests | what must happen, and the result |
|---|---|---|
${lines.join('\n')}
`;
}

/** Prints the list, renews docs/security.md, and counts the rows. */
export function faultRows() {
  const all = rows();
  for (const row of all) print(row);
  const failed = all.filter(({ tests }) => tests.some((test) => !['passed', 'not run here'].includes(outcomeOf(test))));
  const open = all.filter((row) => row.open.length > 0);
  say(`${all.length} rows: ${all.length - failed.length} as promised, ${failed.length} not, ${open.length} with a part not yet shown.`);
  const text = security(all);
  const isRenewed = readFileSync(SECURITY, { encoding: 'utf8', flag: 'a+' }) !== text;
  if (isRenewed) {
    writeFileSync(SECURITY, text);
    say('docs/security.md was not up to date and is written anew: commit it.');
  }
  return { passed: all.length - failed.length, failed: failed.length + (isRenewed ? 1 : 0) };
}

// `npm test`: installs what is missing and runs every suite. `npm test -- fmt rust` runs those and what they need.
// The last line is `N passed, N failed`.

import { installNpmPackages } from './lib/build.mjs';
import { prepare } from './lib/prerequisites.mjs';
import { faint, green, Halt, headline, main, red, say, tell } from './lib/say.mjs';
import { FAILED, SUITES } from './lib/suites.mjs';
import { prepareTestTools } from './lib/testtools.mjs';
import { BUILD, TEST } from './packages.mjs';

/** The suites named on the command line with those they need; all of them when none is named. */
function chosen(names) {
  const unknown = names.filter((name) => !SUITES.some(({ key }) => key === name));
  if (unknown.length > 0) {
    throw new Halt(`No suite ${unknown.join(', ')}; there are ${SUITES.map(({ key }) => key).join(', ')}.`);
  }
  const keys = new Set(names.length > 0 ? names : SUITES.map(({ key }) => key));
  for (const { key, needs = [] } of SUITES.toReversed()) {
    if (keys.has(key)) for (const need of needs) keys.add(need);
  }
  return SUITES.filter(({ key }) => keys.has(key));
}

/** Runs one suite. A failed test does not keep later suites from running; what could not do its work at all does. */
async function execute({ key, title, needs = [], linuxOnly, run }, unusable) {
  headline(title);
  if (linuxOnly && process.platform !== 'linux') {
    say(`Not run here: ${linuxOnly}`);
    return { passed: 0, failed: 0 };
  }
  const missing = needs.find((need) => unusable.has(need));
  if (missing) {
    say(`Not run: it needs "${missing}".`);
    unusable.add(key);
    return FAILED;
  }
  try {
    const tally = await run();
    if (key === 'build' && tally.failed > 0) unusable.add(key);
    return tally;
  } catch (error) {
    tell(error);
    unusable.add(key);
    return FAILED;
  }
}

async function runSuites(suites) {
  const results = [];
  const unusable = new Set();
  for (const suite of suites) {
    const start = performance.now();
    const tally = await execute(suite, unusable);
    results.push({ ...tally, title: suite.title, seconds: (performance.now() - start) / 1000 });
  }
  return results;
}

function report(results) {
  headline('Result');
  for (const { title, passed, failed, seconds } of results) {
    const mark = failed > 0 ? red('✗') : green('✓');
    const figures = `${String(passed).padStart(5)} passed ${String(failed).padStart(4)} failed`;
    say(`${mark} ${title.padEnd(40)} ${figures}  ${faint(`${seconds.toFixed(0)} s`)}`);
  }
}

await main(async () => {
  let results;
  try {
    const suites = chosen(process.argv.slice(2));
    headline('Preparing');
    await prepare([...BUILD, ...TEST]);
    await prepareTestTools();
    await installNpmPackages();
    results = await runSuites(suites);
    report(results);
  } catch (error) {
    tell(error);
    results = [FAILED];
  }
  const sum = (name) => results.reduce((total, result) => total + result[name], 0);
  const failed = sum('failed');
  say(`\n${sum('passed')} passed, ${failed} failed`);
  return failed > 0 ? 1 : 0;
});

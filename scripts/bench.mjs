// `npm run bench`: measures against anchors in the same run and writes docs/performance.md. Fails when a bar is missed.

import path from 'node:path';
import { prepare } from './lib/prerequisites.mjs';
import { ROOT, TARGET } from './lib/project.mjs';
import { run } from './lib/run.mjs';
import { Halt, headline, main } from './lib/say.mjs';
import { BENCH } from './packages.mjs';

const release = (name) => path.join(TARGET, 'release', name);

await main(async () => {
  if (process.platform !== 'linux') throw new Halt('The benchmarks read /proc and use GNU time: they run on Linux.');
  headline('Preparing');
  await prepare(BENCH);
  const packages = ['--package', 'itamctl', '--package', 'bench'];
  if ((await run('cargo', ['build', '--release', '--locked', ...packages])) !== 0) {
    throw new Halt('The programs do not build; see above.');
  }
  headline('Measuring');
  return run(release('bench'), [release('itamctl'), path.join(ROOT, 'docs', 'performance.md')]);
});

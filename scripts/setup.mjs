// `npm run setup`: everything that building and testing need, and nothing built yet.

import { installNpmPackages } from './lib/build.mjs';
import { prepare } from './lib/prerequisites.mjs';
import { main, say } from './lib/say.mjs';
import { prepareTestTools } from './lib/testtools.mjs';
import { BUILD, TEST } from './packages.mjs';

await main(async () => {
  await prepare([...BUILD, ...TEST]);
  await prepareTestTools();
  await installNpmPackages();
  say('Ready: npm start, npm test.');
});

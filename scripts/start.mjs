// `npm start`: from a fresh machine to the window on the practice platform. Without a display: a picture of it.
// `npm start -- --keep` leaves the program running on its screen in memory.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { buildUi, buildWindow, installNpmPackages } from './lib/build.mjs';
import { hasDisplay, openScreen, photograph } from './lib/display.mjs';
import { prepare } from './lib/prerequisites.mjs';
import { CACHE, ROOT, WINDOW } from './lib/project.mjs';
import { headline, main, say } from './lib/say.mjs';
import { BUILD, DISPLAY } from './packages.mjs';

const STOP_LIMIT = 10_000;

async function openWindow(env) {
  // The DMABUF renderer shows blank windows with some graphics drivers.
  const program = spawn(WINDOW, [], {
    cwd: ROOT,
    env: { WEBKIT_DISABLE_DMABUF_RENDERER: '1', ...env },
    stdio: 'inherit',
  });
  process.once('exit', () => program.kill());
  await once(program, 'spawn');
  return program;
}

/** Ends the program we started; by force when it does not listen. */
async function stop(program) {
  if (program.exitCode !== null || program.signalCode !== null) return;
  const ended = once(program, 'exit');
  program.kill('SIGTERM');
  const timer = setTimeout(() => program.kill('SIGKILL'), STOP_LIMIT);
  await ended;
  clearTimeout(timer);
}

async function showOnScreen() {
  say('Opening the window.');
  const [code] = await once(await openWindow(process.env), 'exit');
  return code ?? 1;
}

async function showWithoutScreen(keep) {
  say('There is no display (neither DISPLAY nor WAYLAND_DISPLAY): opening the window under Xvfb.');
  const screen = await openScreen();
  const program = await openWindow(screen.env);
  try {
    const picture = path.join(CACHE, 'screenshot.png');
    await photograph(program, screen.env, picture);
    say(`Screenshot: ${picture}`);
    if (keep) {
      say(`The window stays open on DISPLAY=${screen.env.DISPLAY}; Ctrl-C ends it, and so does: kill ${process.pid}`);
      await once(program, 'exit');
    }
    return 0;
  } finally {
    await stop(program);
    screen.close();
  }
}

await main(async () => {
  const seen = hasDisplay();
  headline('Preparing');
  await prepare(seen ? BUILD : [...BUILD, ...DISPLAY]);
  await installNpmPackages();
  headline('Building');
  await buildUi();
  await buildWindow();
  headline('ITA Maintenance');
  return seen ? showOnScreen() : showWithoutScreen(process.argv.includes('--keep'));
});

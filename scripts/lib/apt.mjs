// Debian and Ubuntu packages: which are missing, and installing them.

import { readdirSync } from 'node:fs';
import { ask, run } from './run.mjs';
import { Halt, say } from './say.mjs';

const INSTALL = ['-y', '--no-install-recommends', '-o', 'DPkg::Lock::Timeout=300'];

/** Whether this system installs packages with apt. */
export const hasApt = () => ask('dpkg-query', ['--version']).ok && ask('apt-get', ['--version']).ok;

/** Those of `packages` that are not installed. */
export function missing(packages) {
  const names = packages.map(({ name }) => name);
  // dpkg-query fails as soon as one name is unknown and still prints the others.
  const { out } = ask('dpkg-query', ['-W', '-f=${Package} ${db:Status-Status}\\n', ...names]);
  const installed = new Set(
    out.split('\n').flatMap((line) => (line.endsWith(' installed') ? [line.split(' ')[0]] : [])),
  );
  return packages.filter(({ name }) => !installed.has(name));
}

/** How apt-get can be run here without asking: as root, by sudo without a password, or not at all (null). */
function privilege() {
  if (process.getuid() === 0) return [];
  return ask('sudo', ['-n', 'true']).ok ? ['sudo', '-n'] : null;
}

/** Installs those of `packages` that are missing; says what and why. */
export async function install(packages) {
  const needed = missing(packages);
  if (needed.length === 0) return;
  const names = needed.map(({ name }) => name);
  say(`Missing system packages (${needed.length}):`);
  const width = Math.max(...names.map((name) => name.length));
  for (const { name, why } of needed) say(`  ${name.padEnd(width)}  ${why}`);

  const prefix = privilege();
  if (prefix === null) {
    const command = `apt-get update && apt-get install ${INSTALL.join(' ')} ${names.join(' ')}`;
    throw new Halt(`They need an administrator. Run this once, then start again:\n\n  sudo sh -c '${command}'\n`);
  }
  const apt = (...args) => {
    const [command, ...rest] = [...prefix, 'env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', ...args];
    return run(command, rest);
  };
  const update = async () => {
    say('Updating the package lists.');
    await apt('update', '-o', 'DPkg::Lock::Timeout=300');
  };

  let fresh = false;
  if (!listed(names)) {
    await update();
    fresh = true;
  }
  say(`Installing: ${names.join(' ')}`);
  let code = await apt('install', ...INSTALL, ...names);
  if (code !== 0 && !fresh) {
    // Lists of last month name versions that the mirror no longer has.
    await update();
    code = await apt('install', ...INSTALL, ...names);
  }
  const left = missing(packages).map(({ name }) => name);
  if (left.length > 0) {
    throw new Halt(
      `apt-get could not install: ${left.join(' ')}\n` +
        'The packages exist from Debian 12 and Ubuntu 22.04 on (Ubuntu: component "universe").',
    );
  }
}

/** Whether the package lists on this machine know all of `names`. */
function listed(names) {
  try {
    if (!readdirSync('/var/lib/apt/lists').some((file) => file.includes('_Packages'))) return false;
  } catch {
    return false;
  }
  const { out } = ask('apt-cache', ['policy', ...names]);
  return out.split('\n').filter((line) => /^\s+Candidate: (?!\(none\))/.test(line)).length === names.length;
}

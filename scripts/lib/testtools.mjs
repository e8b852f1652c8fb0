// Cargo's companions that the tests use.

import { DENY, NEXTEST } from './project.mjs';
import { ask, run } from './run.mjs';
import { Halt, say } from './say.mjs';

// They only start other programs or read a few files: their own speed does not matter, the time to build them does.
const QUICK_TO_BUILD = {
  CARGO_PROFILE_RELEASE_OPT_LEVEL: '1',
  CARGO_PROFILE_RELEASE_LTO: 'off',
  CARGO_PROFILE_RELEASE_CODEGEN_UNITS: '16',
  CARGO_PROFILE_RELEASE_DEBUG: 'false',
};

/** Installs rustfmt, clippy, cargo-nextest and cargo-deny where they are missing. */
export async function prepareTestTools() {
  const components = ['rustfmt', 'clippy'].filter((name) => {
    const subcommand = name === 'rustfmt' ? 'fmt' : name;
    return !ask('cargo', [subcommand, '--version']).ok;
  });
  if (components.length > 0) {
    say(`Installing ${components.join(' and ')}: this Rust came without.`);
    if ((await run('rustup', ['component', 'add', ...components])) !== 0) {
      throw new Halt(`Install ${components.join(' and ')} for your Rust, then start again.`);
    }
  }
  await install(`cargo-nextest@${NEXTEST}`, 'which runs the Rust tests', ['--features', 'default-no-update']);
  await install(`cargo-deny@${DENY}`, 'which reads deny.toml', []);
}

async function install(tool, purpose, args) {
  const [name] = tool.split('@');
  if (ask('cargo', [name.replace('cargo-', ''), '--version']).ok) return;
  say(`Installing ${tool}, ${purpose}: built from source, some minutes.`);
  const options = ['install', '--locked', '--no-default-features', ...args, tool];
  if ((await run('cargo', options, { env: QUICK_TO_BUILD })) !== 0) {
    throw new Halt(`${name} could not be installed; see above.`);
  }
}

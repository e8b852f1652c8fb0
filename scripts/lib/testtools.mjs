// Cargo's companions that the tests use.

import { NEXTEST } from './project.mjs';
import { ask, run } from './run.mjs';
import { Halt, say } from './say.mjs';

/** Installs rustfmt, clippy and cargo-nextest where they are missing. */
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
  if (ask('cargo', ['nextest', '--version']).ok) return;
  say(`Installing cargo-nextest ${NEXTEST}, which runs the Rust tests: built from source, some minutes.`);
  // It only starts other programs: its own speed does not matter, the time to build it does.
  const env = {
    CARGO_PROFILE_RELEASE_OPT_LEVEL: '1',
    CARGO_PROFILE_RELEASE_LTO: 'off',
    CARGO_PROFILE_RELEASE_CODEGEN_UNITS: '16',
    CARGO_PROFILE_RELEASE_DEBUG: 'false',
  };
  const args = ['install', '--locked', '--no-default-features', '--features', 'default-no-update'];
  if ((await run('cargo', [...args, `cargo-nextest@${NEXTEST}`], { env })) !== 0) {
    throw new Halt('cargo-nextest could not be installed; see above.');
  }
}

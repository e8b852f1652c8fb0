// Where things are.

import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The top of the project. */
export const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..');

/** Scratch files of the scripts; git ignores it. */
export const CACHE = path.join(ROOT, '.cache');

/** Where cargo builds. */
export const TARGET = path.resolve(ROOT, process.env.CARGO_TARGET_DIR ?? 'target');

const program = (name) => path.join(TARGET, 'debug', process.platform === 'win32' ? `${name}.exe` : name);

/** The window and its command-line twin, as `cargo build` leaves them. */
export const WINDOW = program('ita-maintenance');
export const COMMAND_LINE = program('itamctl');

/** The oldest versions that are known to work. */
export const OLDEST = { rust: [1, 90], node: [20, 19] };

/** cargo-nextest of this version still builds with the oldest Rust. */
export const NEXTEST = '0.9.126';

/** Likewise cargo-deny. */
export const DENY = '0.20.2';

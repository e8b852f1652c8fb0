// What the scripts print. Colours only where a person looks on.

const coloured = process.stdout.isTTY && !process.env.NO_COLOR;
const paint = (code) => (text) => (coloured ? `\u001b[${code}m${text}\u001b[0m` : text);

export const bold = paint('1');
export const red = paint('31');
export const green = paint('32');
export const faint = paint('2');

/** A line about what happens now. */
export function say(text) {
  console.log(text);
}

/** The head of a stage that prints lines of its own. */
export function headline(text) {
  console.log(`\n${bold(`── ${text} ${'─'.repeat(Math.max(3, 76 - text.length))}`)}`);
}

/** Something only the user can put right. Ends the script: one cause, one thing to do. */
export class Halt extends Error {}

/** Tells why a script cannot go on: a {@link Halt} without a stack; everything else is a defect of ours. */
export function tell(error) {
  console.error(red(`\n${error instanceof Halt ? error.message : error.stack}`));
}

/** Runs a script's main function, which returns the exit code; nothing means 0. */
export async function main(body) {
  // Ctrl-C reaches what was started as well; leaving through `exit` runs the clean-up of this process.
  for (const [signal, code] of [['SIGINT', 130], ['SIGTERM', 143]]) process.once(signal, () => process.exit(code));
  try {
    process.exitCode = (await body()) ?? 0;
  } catch (error) {
    tell(error);
    process.exitCode = 1;
  }
}

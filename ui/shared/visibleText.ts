/**
 * Text from a platform may hold anything. What has no picture of its own, or turns the direction of what follows, is
 * shown by its code point, so that two different names never look the same and no name rewrites its neighbours.
 */

const LONGEST_SHOWN = 240;
const LONGEST_TITLE = 2000;

// C0, DEL and C1 controls; soft hyphen; Arabic letter mark; zero-width space and direction marks; separators;
// embeddings, overrides and isolates; byte order mark; tags; lone surrogates.
const HIDDEN =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\u{e0000}-\u{e007f}\ud800-\udfff]/gu;

function picture(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  return `⟨U+${code.toString(16).toUpperCase().padStart(4, "0")}⟩`;
}

export function visibleText(text: string): string {
  return text.replace(HIDDEN, picture);
}

/** Cut between characters, never inside one. */
function cut(text: string, longest: number): string {
  if (text.length <= longest) return text;
  return `${text.slice(0, longest).replace(/[\ud800-\udbff]$/, "")}…`;
}

/** What a cell shows: visible, and short enough for layout. */
export function shownText(text: string): string {
  return visibleText(cut(text, LONGEST_SHOWN));
}

/** What a tooltip shows: visible, and as long as anybody reads. */
export function titleText(text: string): string {
  return visibleText(cut(text, LONGEST_TITLE));
}

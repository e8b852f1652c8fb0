import { shownText, titleText } from "./visibleText";

/** Text of unknown origin: never markup, apart from its surroundings in direction, in full on hover. */
export function PlainText({ text, title }: { text: string; title?: string }) {
  return <bdi title={title ?? titleText(text)}>{shownText(text)}</bdi>;
}

import { titleText } from "./visibleText";
import "./path.css";

/** A path in full. It breaks between its parts, and inside a part only where that is longer than the line. */
export function PathText({ path, testId }: { path: string; testId?: string }) {
  const parts = titleText(path).split(/(?<=[\\/_])/);
  return (
    <span className="path selectable" data-testid={testId}>
      {parts.map((part, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the same part may stand at several places
        <span key={place}>{part}</span>
      ))}
    </span>
  );
}

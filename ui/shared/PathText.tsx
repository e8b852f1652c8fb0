import { Fragment } from "react";
import { titleText } from "./visibleText";
import "./path.css";

/** A path in full. It breaks between its parts, and inside a name only where a name is longer than the line. */
export function PathText({ path, testId }: { path: string; testId?: string }) {
  const parts = titleText(path).split(/(?<=[\\/_])/);
  return (
    <span className="path selectable" data-testid={testId}>
      {parts.map((part, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the same part may stand at several places
        <Fragment key={place}>
          {part}
          <wbr />
        </Fragment>
      ))}
    </span>
  );
}

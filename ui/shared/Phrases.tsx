import { Fragment } from "react";
import "./phrases.css";

/** A Japanese sentence for a narrow place: it breaks behind its phrases, and inside one only where a line cannot hold it. */
export function Phrases({ text }: { text: string }) {
  const ends = [...text.matchAll(/[、。：）]/g)].map(({ index }) => index + 1).filter((end) => end < text.length);
  return (
    <span className="phrases">
      {text.slice(0, ends[0])}
      {ends.map((start, place) => (
        <Fragment key={start}>
          <wbr />
          {text.slice(start, ends[place + 1])}
        </Fragment>
      ))}
    </span>
  );
}

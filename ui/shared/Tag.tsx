import type { ReactNode } from "react";
import "./tag.css";

export type TagTone = "neutral" | "warn" | "bad" | "ok" | "unknown" | "accent" | "outline";

export function Tag({
  tone = "neutral",
  tooltip,
  children,
}: {
  tone?: TagTone;
  tooltip?: string;
  children: ReactNode;
}) {
  return (
    <span className={`tag tag-${tone}`} title={tooltip}>
      {children}
    </span>
  );
}

import { useCallback, useEffect, useState } from "react";
import type { JobRow } from "../../generated/JobRow";
import { useLanguage } from "../../i18n";
import { writeClipboard } from "../../shared";
import { type CopyKind, copyText } from "./clipboard";

const SHOWN_MILLISECONDS = 2500;

/** Copies a row and says for a moment whether it worked. */
export function useCopy(): { copied: boolean | null; copy: (row: JobRow, kind: CopyKind) => void } {
  const language = useLanguage();
  const [result, setResult] = useState<{ isDone: boolean } | null>(null);

  useEffect(() => {
    if (!result) return;
    const timer = setTimeout(() => setResult(null), SHOWN_MILLISECONDS);
    return () => clearTimeout(timer);
  }, [result]);

  const copy = useCallback(
    (row: JobRow, kind: CopyKind) => {
      void writeClipboard(copyText(row, kind, language)).then((isDone) => setResult({ isDone }));
    },
    [language],
  );
  return { copied: result?.isDone ?? null, copy };
}

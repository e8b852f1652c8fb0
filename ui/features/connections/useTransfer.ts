import { useRef, useState } from "react";
import type { ConnectionsExport } from "../../generated/ConnectionsExport";
import type { ImportPreview } from "../../generated/ImportPreview";
import type { Problem } from "../../generated/Problem";
import { toProblem } from "../../ipc";
import { useBackend } from "../../state";

type Way = "export" | "import";
type Step =
  | { step: "none" }
  | { step: "exported"; written: ConnectionsExport }
  | { step: "choosing"; preview: ImportPreview }
  | { step: "failed"; way: Way; problem: Problem };

export type Transfer = ReturnType<typeof useTransfer>;

/** Saved connections to and from a file. The system asks for the file; leaving its dialog changes nothing. */
export function useTransfer() {
  const backend = useBackend();
  const [step, setStep] = useState<Step>({ step: "none" });
  const isAsking = useRef(false);

  const ask = async (way: Way, command: () => Promise<Step | null>) => {
    if (isAsking.current) return; // one system dialog is enough
    isAsking.current = true;
    try {
      const next = await command();
      if (next) setStep(next);
    } catch (rejection) {
      setStep({ step: "failed", way, problem: toProblem(rejection) });
    } finally {
      isAsking.current = false;
    }
  };

  return {
    step,
    exportAll: () =>
      ask("export", async () => {
        const written = await backend.call("export_connections");
        return written && { step: "exported", written };
      }),
    chooseFile: () =>
      ask("import", async () => {
        const preview = await backend.call("choose_import");
        return preview && { step: "choosing", preview };
      }),
    close: () => setStep({ step: "none" }),
  };
}

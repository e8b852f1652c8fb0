import { useState } from "react";
import { CertificateDialog, ConnectionDialog } from "../features/connections";
import { PracticeDialog } from "../features/practice";
import { SettingsDialog } from "../features/settings";
import type { Connection } from "../generated/Connection";
import type { PracticeExercise } from "../generated/PracticeExercise";
import { useLive } from "../state";
import type { Connecting } from "./useConnecting";

/** Which of the window's own dialogs is open. */
type OpenDialog =
  | { dialog: "none" }
  | { dialog: "settings" }
  | { dialog: "certificate" }
  | { dialog: "practice" }
  | { dialog: "connection"; connection: Connection | null; asksZone?: boolean };

/** The dialog that is open, and the ways to open each. */
export function useDialogs(connection: Connection | null) {
  const [open, setOpen] = useState<OpenDialog>({ dialog: "none" });
  return {
    open,
    close: () => setOpen({ dialog: "none" }),
    settings: () => setOpen({ dialog: "settings" }),
    certificate: () => setOpen({ dialog: "certificate" }),
    practise: () => setOpen({ dialog: "practice" }),
    create: () => setOpen({ dialog: "connection", connection: null }),
    edit: () => setOpen({ dialog: "connection", connection }),
    askZone: () => setOpen({ dialog: "connection", connection, asksZone: true }),
  };
}

interface WindowDialogsProps {
  open: OpenDialog;
  connection: Connection | null;
  connecting: Connecting;
  onPractise: (exercise: PracticeExercise) => void;
  onGuide: () => void;
  onClose: () => void;
}

/** The dialogs that the bar and the pages ask for: one at a time. */
export function WindowDialogs({ open, connection, connecting, onPractise, onGuide, onClose }: WindowDialogsProps) {
  switch (open.dialog) {
    case "none":
      return null;
    case "settings":
      return <SettingsDialog onClose={onClose} />;
    case "practice":
      return <PracticeDialog onStart={onPractise} onGuide={onGuide} onClose={onClose} />;
    case "connection":
      return (
        <ConnectionDialog
          connection={open.connection}
          asksZone={open.asksZone ?? false}
          onSaved={(saved, password) => {
            onClose();
            connecting.connect(saved.id, password);
          }}
          onClose={onClose}
        />
      );
    case "certificate":
      return (
        connection && (
          <OpenCertificate connection={connection} onPinned={(id) => connecting.connect(id, null)} onClose={onClose} />
        )
      );
  }
}

interface OpenCertificateProps {
  connection: Connection;
  onPinned: (id: string) => void;
  onClose: () => void;
}

function OpenCertificate({ connection, onPinned, onClose }: OpenCertificateProps) {
  const phase = useLive((live) => live.phase);
  if (phase.phase !== "stopped") return null;
  return (
    <CertificateDialog
      connection={connection}
      problem={phase.problem}
      onPinned={(saved) => {
        onClose();
        onPinned(saved.id);
      }}
      onClose={onClose}
    />
  );
}

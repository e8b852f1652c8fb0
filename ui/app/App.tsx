import { useEffect, useState } from "react";
import { CertificateDialog, ConnectionDialog, TransferDialogs, useTransfer } from "../features/connections";
import { JournalStrip } from "../features/journal";
import { useLogLevels } from "../features/loglevels";
import { Coach, guidedExercise, PracticeDialog } from "../features/practice";
import { useProcedureTitle } from "../features/procedure";
import { SettingsDialog } from "../features/settings";
import type { Connection } from "../generated/Connection";
import type { PracticeExercise } from "../generated/PracticeExercise";
import { I18nProvider, resolveLanguage, useMessages } from "../i18n";
import { useApp, useLive } from "../state";
import { Alerts } from "./Alerts";
import { BackgroundProcedures } from "./BackgroundProcedures";
import { ConnectionBar } from "./ConnectionBar";
import { ConnectionPages } from "./ConnectionPages";
import { connectionName } from "./connectionName";
import { type Page, PageChoice } from "./PageChoice";
import { QuitDialog } from "./QuitDialog";
import { StartPage } from "./StartPage";
import { useConnecting } from "./useConnecting";
import { useTheme } from "./useTheme";
import { useToldLanguage } from "./useToldLanguage";
import { useVisibility } from "./useVisibility";
import "./app.css";

/** The one window: joins the features, which do not know each other. */
export function App() {
  const preferences = useApp((state) => state.preferences);
  useTheme(preferences.theme);
  useVisibility();
  const language = resolveLanguage(preferences.language, navigator.languages);
  useToldLanguage(language);
  return (
    <I18nProvider language={language}>
      <Window />
    </I18nProvider>
  );
}

type Open =
  | { dialog: "none" }
  | { dialog: "settings" }
  | { dialog: "certificate" }
  | { dialog: "practice" }
  | { dialog: "connection"; connection: Connection | null; asksZone?: boolean };

function Window() {
  const connection = useLive((live) => live.connection);
  const connecting = useConnecting();
  const transfer = useTransfer();
  const [open, setOpen] = useState<Open>({ dialog: "none" });
  const [isGuided, setGuided] = useState(false);
  const [page, choosePage] = usePage(connection);
  const logLevels = useLogLevels(page === "log_levels" && connection !== null);
  const close = () => setOpen({ dialog: "none" });
  const edit = () => setOpen({ dialog: "connection", connection });
  const askZone = () => setOpen({ dialog: "connection", connection, asksZone: true });
  const practise = () => setOpen({ dialog: "practice" });
  const create = () => setOpen({ dialog: "connection", connection: null });
  const begin = (exercise: PracticeExercise, guided: boolean) => {
    close();
    choosePage("maintenance");
    setGuided(guided);
    connecting.connectPractice(exercise);
  };
  const guide = () => begin(guidedExercise, true);
  useTitle(connection);

  return (
    <div className="window" data-environment={connection?.environment}>
      <ConnectionBar
        connecting={connecting}
        pages={<PageChoice page={page} unapplied={logLevels.unapplied} onChoose={choosePage} />}
        onNew={create}
        onEdit={edit}
        onPractise={practise}
        onExport={transfer.exportAll}
        onImport={transfer.chooseFile}
        onSettings={() => setOpen({ dialog: "settings" })}
      />
      <BackgroundProcedures connecting={connecting} />
      {isGuided && connection?.environment === "practice" && (
        <Coach
          onConnect={() => {
            setGuided(false);
            create();
          }}
          onAnother={() => {
            setGuided(false);
            practise();
          }}
          onLeave={() => setGuided(false)}
        />
      )}
      {connection ? (
        <ConnectionPages
          connection={connection}
          connecting={connecting}
          page={page}
          logLevels={logLevels}
          onCertificate={() => setOpen({ dialog: "certificate" })}
          onGuide={guide}
          onNew={create}
          onEdit={edit}
          onAskZone={askZone}
        />
      ) : (
        <main className="empty">
          <div className="alerts">
            <Alerts connecting={connecting} />
          </div>
          <StartPage connecting={connecting} onNew={create} onGuide={guide} />
        </main>
      )}
      {connection && <JournalStrip />}
      {connection?.environment === "practice" && <PracticeFrame />}
      <TransferDialogs transfer={transfer} />
      <QuitDialog />
      {open.dialog === "settings" && <SettingsDialog onClose={close} />}
      {open.dialog === "practice" && (
        <PracticeDialog onStart={(exercise) => begin(exercise, false)} onGuide={guide} onClose={close} />
      )}
      {open.dialog === "connection" && (
        <ConnectionDialog
          connection={open.connection}
          asksZone={open.asksZone ?? false}
          onSaved={(saved, password) => {
            close();
            connecting.connect(saved.id, password);
          }}
          onClose={close}
        />
      )}
      {open.dialog === "certificate" && connection && (
        <OpenCertificate connection={connection} onPinned={(id) => connecting.connect(id, null)} onClose={close} />
      )}
    </div>
  );
}

/** The page that is in front. Another connection begins with the first. */
function usePage(connection: Connection | null): [Page, (page: Page) => void] {
  const id = connection?.id;
  const [chosen, setChosen] = useState<{ id: string | undefined; page: Page }>({ id, page: "maintenance" });
  // Also when nothing was chosen on the one in between: count and modes come first again.
  if (chosen.id !== id) setChosen({ id, page: "maintenance" });
  return [chosen.id === id ? chosen.page : "maintenance", (page) => setChosen({ id, page })];
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

/** Around everything of the practice platform, dialogs too. Screen readers hear it from the connection bar. */
function PracticeFrame() {
  return (
    <div className="practice-frame" data-testid="practice-frame" aria-hidden="true">
      {/* Both languages at once: whoever looks over a shoulder must read it too. */}
      <span>練習 / PRACTICE</span>
    </div>
  );
}

function useTitle(connection: Connection | null): void {
  const messages = useMessages();
  const { shell } = messages;
  const title = useProcedureTitle(connection ? shell.titleOf(connectionName(connection, messages)) : shell.title);
  useEffect(() => {
    document.title = title;
  }, [title]);
}

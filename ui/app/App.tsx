import { useEffect, useState } from "react";
import { TransferDialogs, useTransfer } from "../features/connections";
import { JournalStrip } from "../features/journal";
import { useLogLevels } from "../features/loglevels";
import { Coach, guidedExercise } from "../features/practice";
import { useProcedureTitle } from "../features/procedure";
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
import { type Connecting, useConnecting } from "./useConnecting";
import { useTheme } from "./useTheme";
import { useToldLanguage } from "./useToldLanguage";
import { useVisibility } from "./useVisibility";
import { useDialogs, WindowDialogs } from "./WindowDialogs";
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

function Window() {
  const connection = useLive((live) => live.connection);
  const connecting = useConnecting();
  const transfer = useTransfer();
  const dialogs = useDialogs(connection);
  const [isGuided, setGuided] = useState(false);
  const [page, choosePage] = usePage(connection);
  const logLevels = useLogLevels(page === "log_levels" && connection !== null);
  const { close, create, edit, practise } = dialogs;
  const begin = (exercise: PracticeExercise, guided: boolean) => {
    close();
    choosePage("maintenance");
    setGuided(guided);
    connecting.connectPractice(exercise);
  };
  const guide = () => begin(guidedExercise, true);
  const leaveGuide = (next?: () => void) => {
    setGuided(false);
    next?.();
  };
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
        onSettings={dialogs.settings}
      />
      <BackgroundProcedures connecting={connecting} />
      {isGuided && connection?.environment === "practice" && (
        <Coach
          onConnect={() => leaveGuide(create)}
          onAnother={() => leaveGuide(practise)}
          onLeave={() => leaveGuide()}
        />
      )}
      {connection ? (
        <ConnectionPages
          connection={connection}
          connecting={connecting}
          page={page}
          logLevels={logLevels}
          onCertificate={dialogs.certificate}
          onGuide={guide}
          onNew={create}
          onEdit={edit}
          onAskZone={dialogs.askZone}
        />
      ) : (
        <Closed connecting={connecting} onNew={create} onGuide={guide} />
      )}
      {connection && <JournalStrip />}
      {connection?.environment === "practice" && <PracticeFrame />}
      <TransferDialogs transfer={transfer} />
      <QuitDialog />
      <WindowDialogs
        open={dialogs.open}
        connection={connection}
        connecting={connecting}
        onPractise={(exercise) => begin(exercise, false)}
        onGuide={guide}
        onClose={close}
      />
    </div>
  );
}

interface ClosedProps {
  connecting: Connecting;
  onNew: () => void;
  onGuide: () => void;
}

/** No connection is open. */
function Closed({ connecting, onNew, onGuide }: ClosedProps) {
  return (
    <main className="empty">
      <div className="alerts">
        <Alerts connecting={connecting} />
      </div>
      <StartPage connecting={connecting} onNew={onNew} onGuide={onGuide} />
    </main>
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

import { type LogLevels, LogLevelsPage } from "../features/loglevels";
import type { Connection } from "../generated/Connection";
import { ConnectionAlerts } from "./ConnectionAlerts";
import { MainView } from "./MainView";
import type { Page } from "./PageChoice";
import { Target } from "./Target";
import type { Connecting } from "./useConnecting";

interface ConnectionPagesProps {
  connection: Connection;
  connecting: Connecting;
  page: Page;
  logLevels: LogLevels;
  onCertificate: () => void;
  onGuide: () => void;
  onNew: () => void;
  onEdit: () => void;
  onAskZone: () => void;
}

/** The open connection. The first page stays behind the second: a procedure in it has a key to stop jobs at once. */
export function ConnectionPages({ page, logLevels, onGuide, onNew, onAskZone, ...shared }: ConnectionPagesProps) {
  const { connection } = shared;
  const alerts = <ConnectionAlerts {...shared} />;
  return (
    <>
      <MainView
        connection={connection}
        isHidden={page !== "maintenance"}
        alerts={alerts}
        onGuide={onGuide}
        onNew={onNew}
        onAskZone={onAskZone}
      />
      {page === "log_levels" && (
        <LogLevelsPage logLevels={logLevels} alerts={alerts} target={<Target connection={connection} />} />
      )}
    </>
  );
}

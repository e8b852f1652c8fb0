import type { Connection } from "../generated/Connection";
import { useLive } from "../state";
import { Alerts } from "./Alerts";
import { StoppedPanel } from "./StoppedPanel";
import type { Connecting } from "./useConnecting";

interface ConnectionAlertsProps {
  connection: Connection;
  connecting: Connecting;
  onCertificate: () => void;
  onEdit: () => void;
}

/** Why the connection stands still, and what else is to be known of it: the same on each of its pages. */
export function ConnectionAlerts({ connection, connecting, onCertificate, onEdit }: ConnectionAlertsProps) {
  const phase = useLive((live) => live.phase);
  return (
    <>
      {phase.phase === "stopped" && (
        <StoppedPanel
          connection={connection}
          problem={phase.problem}
          connecting={connecting}
          onCertificate={onCertificate}
          onEdit={onEdit}
        />
      )}
      <Alerts connecting={connecting} />
    </>
  );
}

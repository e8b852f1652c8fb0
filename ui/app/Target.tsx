import type { Connection } from "../generated/Connection";
import { useMessages } from "../i18n";
import { EnvironmentChip } from "../shared";
import { connectionName } from "./connectionName";

/** Which platform a dialog is about. The wrong system is what people fear most. */
export function Target({ connection }: { connection: Connection }) {
  return (
    <p className="target" data-environment={connection.environment}>
      <EnvironmentChip environment={connection.environment} />
      <b>{connectionName(connection, useMessages())}</b>
      <span className="muted">{connection.address}</span>
    </p>
  );
}

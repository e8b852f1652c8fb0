import type { Connection } from "../generated/Connection";
import type { Messages } from "../i18n";

/** What a connection is called on the screen: as the user named it; the practice platform in the window's language. */
export function connectionName(connection: Connection, { shell }: Messages): string {
  return connection.environment === "practice" ? shell.practiceName : connection.name;
}

import type { Connection } from "../generated/Connection";
import type { Messages } from "../i18n";
import { visibleText } from "../shared";

/** What a connection is called on the screen: as the user named it; the practice platform in the window's language. */
export function connectionName(connection: Connection, { shell }: Messages): string {
  return connection.environment === "practice" ? shell.practiceName : visibleText(connection.name);
}

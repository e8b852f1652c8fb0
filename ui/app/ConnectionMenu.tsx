import type { Connection } from "../generated/Connection";
import { useMessages } from "../i18n";
import { EnvironmentMark, Menu, MenuItem, MenuSection, MenuSeparator } from "../shared";
import { useApp, useLive } from "../state";
import { connectionName } from "./connectionName";
import type { Connecting } from "./useConnecting";

interface ConnectionMenuProps {
  connecting: Connecting;
  onNew: () => void;
  onEdit: () => void;
  onPractise: () => void;
  onExport: () => void;
  onImport: () => void;
}

/** Saved connections, the practice platform, what can be done with the open one, and the list as a file to share. */
export function ConnectionMenu({ connecting, onNew, onEdit, onPractise, onExport, onImport }: ConnectionMenuProps) {
  const { shell } = useMessages();
  const connections = useApp((state) => state.connections);
  const current = useLive((live) => live.connection);
  const isSaved = connections.some((connection) => connection.id === current?.id);

  return (
    <Menu label={shell.connections} testId="connection-menu">
      {connections.length > 0 && <Saved connections={connections} current={current} connecting={connecting} />}
      {connections.length > 0 && <MenuSeparator />}
      <MenuItem
        id="menu-practice"
        icon="cap"
        text={shell.openPractice}
        isCurrent={current?.environment === "practice"}
        testId="menu-practice"
        onAction={onPractise}
      />
      <MenuItem id="menu-new" icon="plus" text={shell.newConnection} testId="menu-new" onAction={onNew} />
      {isSaved && (
        <MenuItem id="menu-edit" icon="edit" text={shell.editConnection} testId="menu-edit" onAction={onEdit} />
      )}
      {current && (
        <MenuItem
          id="menu-disconnect"
          icon="unplug"
          text={shell.disconnect}
          testId="menu-disconnect"
          onAction={connecting.disconnect}
        />
      )}
      <MenuSeparator />
      <MenuItem
        id="menu-export"
        icon="download"
        text={shell.exportConnections}
        isDisabled={connections.length === 0}
        testId="menu-export"
        onAction={onExport}
      />
      <MenuItem
        id="menu-import"
        icon="upload"
        text={shell.importConnections}
        testId="menu-import"
        onAction={onImport}
      />
    </Menu>
  );
}

interface SavedProps {
  connections: readonly Connection[];
  current: Connection | null;
  connecting: Connecting;
}

function Saved({ connections, current, connecting }: SavedProps) {
  const messages = useMessages();
  const { common, shell } = messages;
  return (
    <MenuSection title={shell.savedConnections}>
      {connections.map((connection) => (
        <MenuItem
          key={connection.id}
          id={connection.id}
          mark={<EnvironmentMark environment={connection.environment} />}
          text={connectionName(connection, messages)}
          detail={`${common.environment[connection.environment]} ・ ${connection.address}`}
          isCurrent={connection.id === current?.id}
          testId={`connection-${connection.id}`}
          onAction={() => connecting.connect(connection.id, null)}
        />
      ))}
    </MenuSection>
  );
}

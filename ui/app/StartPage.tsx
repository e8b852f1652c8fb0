import { useMessages } from "../i18n";
import { Button } from "../shared";
import { useApp } from "../state";
import { connectionName } from "./connectionName";
import { EnvironmentChip } from "./EnvironmentChip";
import type { Connecting } from "./useConnecting";
import "./start.css";

interface StartPageProps {
  connecting: Connecting;
  onNew: () => void;
  onGuide: () => void;
}

/** Nothing is open: what this is for, and the two ways in; later also the saved connections. */
export function StartPage({ connecting, onNew, onGuide }: StartPageProps) {
  const messages = useMessages();
  const { shell } = messages;
  const connections = useApp((state) => state.connections);
  return (
    <div className="start">
      <section className="start-box">
        <h2>{shell.welcome}</h2>
        {connections.length > 0 && (
          <>
            <h3 className="muted">{shell.choose}</h3>
            <ul className="start-list">
              {connections.map((connection) => (
                <li key={connection.id}>
                  <button
                    type="button"
                    className="start-connection"
                    data-environment={connection.environment}
                    data-testid={`start-${connection.id}`}
                    onClick={() => connecting.connect(connection.id, null)}
                  >
                    <EnvironmentChip environment={connection.environment} />
                    <span>
                      <b>{connectionName(connection, messages)}</b>
                      <small className="muted">{connection.address}</small>
                    </span>
                  </button>
                </li>
              ))}
            </ul>
          </>
        )}
        <div className="start-ways">
          <div>
            <Button
              kind={connections.length === 0 ? "primary" : "plain"}
              icon="cap"
              isBusy={connecting.isBusy}
              data-testid="practise"
              onClick={onGuide}
            >
              {shell.practise}
            </Button>
            <p className="muted small">{shell.practiseHint}</p>
          </div>
          <div>
            <Button icon="plug" data-testid="connect" onClick={onNew}>
              {shell.connect}
            </Button>
            <p className="muted small">{shell.connectHint}</p>
          </div>
        </div>
      </section>
    </div>
  );
}

import { phaseLine } from "../features/procedure";
import type { BackgroundProcedure } from "../generated/BackgroundProcedure";
import { problemText, useLanguage, useMessages } from "../i18n";
import { Icon, titleText } from "../shared";
import { useApp } from "../state";
import { EnvironmentMark } from "./EnvironmentChip";
import { isAlarm } from "./notices";
import type { Connecting } from "./useConnecting";
import "./background.css";

/** The procedures of connections that are not on the screen; a click goes there. */
export function BackgroundProcedures({ connecting }: { connecting: Connecting }) {
  const { shell } = useMessages();
  const background = useApp((state) => state.background);
  if (background.length === 0) return null;
  return (
    <nav className="background" aria-label={shell.background} data-testid="background">
      <span className="background-label">{shell.background}</span>
      {background.map((procedure) => (
        <GoThere key={procedure.connection} procedure={procedure} connecting={connecting} />
      ))}
    </nav>
  );
}

function GoThere({ procedure, connecting }: { procedure: BackgroundProcedure; connecting: Connecting }) {
  const messages = useMessages();
  const { common, shell } = messages;
  const language = useLanguage();
  const { connection, name, environment, title, automation, notices, stopped } = procedure;
  const alarms = notices.filter(isAlarm).length + (stopped ? 1 : 0);
  return (
    <button
      type="button"
      className="background-go"
      data-testid={`background-${connection}`}
      data-phase={title.phase}
      disabled={connecting.isBusy}
      onClick={() => connecting.connect(connection, null)}
    >
      <EnvironmentMark environment={environment} />
      <span className="visually-hidden">{common.environment[environment]}</span>
      <b>{titleText(name)}</b>
      <span className="background-phase">
        {stopped ? problemText(stopped.code, language).title : phaseLine(title, messages)}
      </span>
      {automation.state === "armed" && <span className="background-armed">{shell.backgroundArmed}</span>}
      {alarms > 0 && (
        <span className="background-alarm">
          <Icon name="alert" />
          {shell.backgroundAlarm(alarms)}
        </span>
      )}
    </button>
  );
}

import type { BackgroundProcedure } from "../generated/BackgroundProcedure";
import type { ProcedureTitle } from "../generated/ProcedureTitle";
import { type Messages, problemText, useLanguage, useMessages } from "../i18n";
import { EnvironmentMark, Icon, titleText } from "../shared";
import { useApp } from "../state";
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
  const { common, shell } = useMessages();
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
      <b>{shell.backgroundOf(common.environment[environment], titleText(name))}</b>{" "}
      <span className="background-phase">
        {stopped ? problemText(stopped.code, language).title : phaseWords(title, shell)}
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

/** Where a procedure stands, in the few words that fit beside a name; while jobs are awaited, with how many. */
function phaseWords({ phase, holding }: ProcedureTitle, words: Messages["shell"]): string {
  const name = words.backgroundPhase[phase];
  if (phase !== "stopping_jobs" && phase !== "draining") return name;
  return holding === null ? words.backgroundUnknown(name) : words.backgroundLeft(name, holding);
}

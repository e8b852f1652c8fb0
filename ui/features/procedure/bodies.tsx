import { useEffect, useEffectEvent, useState } from "react";
import type { ProcedureView } from "../../generated/ProcedureView";
import { useFormat, useLanguage, useMessages } from "../../i18n";
import { backyardName } from "../../i18n/vocabulary";
import { Button, Tick, titleText } from "../../shared";
import { knownValue, useLive, useTicking } from "../../state";
import type { BodyProps } from "./PhaseBody";
import { groupedBy } from "./remaining";

/** Backup or upgrade: how long it takes, and when it should be over. */
export function WorkBody({ view, acts }: BodyProps) {
  const { procedure } = useMessages();
  const format = useFormat();
  const { since } = view;
  const isReadOnlyOff = useLive((live) => knownValue(live.modes.read_only) === false);
  const isSuspect = useLive((live) => live.suspect.read_only !== null);
  const end = view.options.planned_end;
  const elapsed = useTicking((now) => (since === null ? null : format.elapsed(now - since)));
  const overdue = useTicking((now) => (end === null || now < end ? null : format.duration(now - end)));
  return (
    <>
      {isReadOnlyOff && (
        <p className={`step-note ${isSuspect ? "note-unknown" : "note-bad"}`} role="alert" data-testid="work-open">
          {isSuspect ? procedure.workSuspect : procedure.workOpen}
        </p>
      )}
      {elapsed !== null && <p className="work-clock">{procedure.elapsed(elapsed)}</p>}
      <p className="soft small">
        {end === null ? procedure.noPlannedEnd : procedure.plannedEndAt(format.dateTime(end))}
      </p>
      {overdue !== null && <p className="step-note note-warn">{procedure.overdueBy(overdue)}</p>}
      <div className="procedure-actions">
        <Button
          kind="primary"
          isBusy={acts.isBusy}
          onClick={() => acts.request({ act: "confirm", phase: "work", named: false })}
          data-testid="procedure-end-work"
        >
          {procedure.buttons.endWork}
        </Button>
      </div>
    </>
  );
}

const checks = ["work", "services", "users"] as const;

/** The short check list between read-only off and job stop off. It is this window's: nothing of it is remembered. */
export function CheckBody({ acts }: BodyProps) {
  const { procedure } = useMessages();
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set());
  const toggle = (key: string, isOn: boolean) =>
    setTicked((last) => new Set(isOn ? [...last, key] : [...last].filter((other) => other !== key)));
  return (
    <>
      {checks.map((key) => (
        <Tick
          key={key}
          label={procedure.checks[key]}
          isOn={ticked.has(key)}
          onChange={(isOn) => toggle(key, isOn)}
          testId={`check-${key}`}
        />
      ))}
      <p className="muted small">{procedure.checksHint}</p>
      <div className="procedure-actions">
        <Button
          kind="primary"
          disabled={ticked.size < checks.length}
          tooltip={procedure.checksHint}
          isBusy={acts.isBusy}
          onClick={() => acts.request({ act: "confirm", phase: "checking", named: false })}
          data-testid="procedure-start-jobs"
        >
          {procedure.buttons.startJobs}
        </Button>
      </div>
    </>
  );
}

/** Stops jobs again during the watch, whatever has the focus. */
const STOP_KEY = "F8";

/** Ten minutes of looking at what starts, with one key against what should not. */
export function WatchBody({ view, acts }: BodyProps) {
  const { procedure } = useMessages();
  const format = useFormat();
  const running = useLive((live) => knownValue(live.running)?.deciding ?? null);
  const stopAgain = useEffectEvent(() => acts.request({ act: "stop_again" }));
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== STOP_KEY || event.repeat) return;
      event.preventDefault();
      stopAgain();
    };
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, []);
  return (
    <>
      <p>{procedure.watchLeft(format.countdown(view.watch_remaining_ms))}</p>
      <p className={running === null ? "step-unknown" : undefined}>
        {running === null ? procedure.countUnknown : procedure.running(running)}
      </p>
      {running !== null && <Started view={view} />}
      <p className="muted small">{procedure.watchHint}</p>
      <div className="procedure-actions">
        <Button
          isBusy={acts.isBusy}
          onClick={() => acts.request({ act: "stop_watch" })}
          data-testid="procedure-stop-watch"
        >
          {procedure.buttons.stopWatch}
        </Button>
        <Button
          icon="stop"
          isBusy={acts.isBusy}
          aria-keyshortcuts={STOP_KEY}
          onClick={stopAgain}
          data-testid="procedure-stop-again"
        >
          {procedure.buttons.stopAgain} <kbd>{STOP_KEY}</kbd>
        </Button>
      </div>
    </>
  );
}

/** What was not there at job stop, by backyard: after it what one waited to see, and no alarm. */
function Started({ view: { remaining, remaining_total } }: { view: ProcedureView }) {
  const { procedure } = useMessages();
  const language = useLanguage();
  const format = useFormat();
  const jobs = remaining.filter(({ kind }) => kind === "new_after_stop");
  if (jobs.length === 0) return null;
  const started = groupedBy(jobs, ({ backyard }) => titleText(backyardName(backyard, language)));
  const words = started.map(([backyard, { length }]) => procedure.startedIn(backyard, length));
  const isCut = remaining_total > remaining.length;
  return (
    <p className="small" data-testid="procedure-started">
      {procedure.started(format.list(isCut ? [...words, procedure.startedMore] : words))}
    </p>
  );
}

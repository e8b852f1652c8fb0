import { useState } from "react";
import type { ProcedureAct } from "../../generated/ProcedureAct";
import type { ProcedureOptions } from "../../generated/ProcedureOptions";
import type { Timestamp } from "../../generated/Timestamp";
import { useMessages } from "../../i18n";
import { Alert, DateTimeField, Segmented, Tick } from "../../shared";
import { knownValue, useLive, useTicking } from "../../state";

interface StartOptionsProps {
  options: ProcedureOptions;
  onChange: (options: ProcedureOptions) => void;
  start: StartProblem;
}

const QUARTER = 15 * 60_000;

/** What is chosen before a procedure begins. Everything but the start can be changed on the way. */
export function StartOptions({ options, onChange, start }: StartOptionsProps) {
  const { procedure } = useMessages();
  const { start_at: startAt } = options;
  const isOn = useLive(({ modes }) => [modes.job_stop, modes.read_only].some((mode) => knownValue(mode) === true));
  const change = (part: Partial<ProcedureOptions>) => onChange({ ...options, ...part });
  return (
    <section className="start-options">
      <div className="start-when">
        <div className="start-choice">
          <span aria-hidden="true">{procedure.startWhen}</span>
          <Segmented
            label={procedure.startWhen}
            value={startAt === null ? "now" : "later"}
            options={[
              { value: "now", label: procedure.startNow, testId: "start-now" },
              { value: "later", label: procedure.startLater, testId: "start-later" },
            ]}
            onChange={(when) => change({ start_at: when === "now" ? null : nextQuarter(Date.now()) })}
          />
        </div>
        {startAt !== null && (
          <DateTimeField
            label={procedure.startAt}
            at={startAt}
            onChange={(at) => change({ start_at: at ?? startAt })}
            onUnfinished={start.onUnfinished}
            isNeeded
            testId="start-at"
          />
        )}
      </div>
      {startAt !== null && isOn && <Alert tone="warning" title={procedure.startWhileOn} />}
      <Tick
        label={procedure.goOn}
        hint={procedure.goOnHint}
        isOn={options.go_on_by_itself}
        onChange={(go_on_by_itself) => change({ go_on_by_itself })}
        testId="start-go-on"
      />
      <div className="start-times">
        <DateTimeField
          label={procedure.giveUpAt}
          at={options.give_up_at}
          onChange={(give_up_at) => change({ give_up_at })}
          testId="start-give-up"
        />
        <DateTimeField
          label={procedure.plannedEnd}
          at={options.planned_end}
          onChange={(planned_end) => change({ planned_end })}
          testId="start-end"
        />
      </div>
      <p className="field-hint">{procedure.timeHint}</p>
      {start.problem !== null && !start.isBesideField && (
        <p className="field-error" role="alert" data-testid="start-problem">
          {start.problem}
        </p>
      )}
    </section>
  );
}

interface StartProblem {
  /** Why it cannot be begun or planned like this; null: it can. */
  problem: string | null;
  /** It stands beside the field already. */
  isBesideField: boolean;
  onUnfinished: (isUnfinished: boolean) => void;
}

/** A planned start needs a time that is whole and still to come, and a wait cannot end before it begins. */
export function useStartProblem(act: ProcedureAct): StartProblem {
  const { procedure } = useMessages();
  const [isUnfinished, onUnfinished] = useState(false);
  const { start_at: startAt, give_up_at: giveUpAt } = act.act === "start" ? act.options : nothing;
  const isPast = useTicking((now) => startAt !== null && startAt <= now);
  const isOver = useTicking((now) => giveUpAt !== null && giveUpAt <= Math.max(now, startAt ?? now));
  if (startAt !== null && isUnfinished)
    return { problem: procedure.startUnfinished, isBesideField: true, onUnfinished };
  const problem = isPast ? procedure.startPast : isOver ? procedure.giveUpPast : null;
  return { problem, isBesideField: false, onUnfinished };
}

const nothing = { start_at: null, give_up_at: null };

/** An hour from now or a little later, on a quarter. */
function nextQuarter(now: Timestamp): Timestamp {
  return Math.ceil((now + 4 * QUARTER) / QUARTER) * QUARTER;
}

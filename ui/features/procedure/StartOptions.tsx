import { useState } from "react";
import type { ProcedureAct } from "../../generated/ProcedureAct";
import type { ProcedureOptions } from "../../generated/ProcedureOptions";
import type { Timestamp } from "../../generated/Timestamp";
import { useMessages } from "../../i18n";
import { Segmented, TextInput, Tick } from "../../shared";
import { useTicking } from "../../state";
import { fromLocalInput, localInput } from "./localTime";

interface StartOptionsProps {
  options: ProcedureOptions;
  onChange: (options: ProcedureOptions) => void;
  /** What the time of the start reads as; null: nothing, or no time. */
  onStartTyped: (at: Timestamp | null) => void;
  /** It cannot be planned like this. */
  isPast: boolean;
}

const QUARTER = 15 * 60_000;

/** What is chosen before a procedure begins. Everything but the start can be changed on the way. */
export function StartOptions({ options, onChange, onStartTyped, isPast }: StartOptionsProps) {
  const { procedure } = useMessages();
  const { start_at: startAt } = options;
  const change = (part: Partial<ProcedureOptions>) => onChange({ ...options, ...part });
  const plan = (at: Timestamp | null, start_at: Timestamp | null) => {
    onStartTyped(at);
    change({ start_at });
  };
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
            onChange={(when) => {
              const at = when === "now" ? null : nextQuarter(Date.now());
              plan(at, at);
            }}
          />
        </div>
        {startAt !== null && (
          <Time
            label={procedure.startAt}
            at={startAt}
            onChange={(at) => plan(at, at ?? startAt)}
            isNeeded
            testId="start-at"
          />
        )}
        {isPast && (
          <p className="field-error" role="alert" data-testid="start-problem">
            {procedure.startPast}
          </p>
        )}
      </div>
      <Tick
        label={procedure.goOn}
        hint={procedure.goOnHint}
        isOn={options.go_on_by_itself}
        onChange={(go_on_by_itself) => change({ go_on_by_itself })}
        testId="start-go-on"
      />
      <div className="start-times">
        <Time
          label={procedure.giveUpAt}
          at={options.give_up_at}
          onChange={(give_up_at) => change({ give_up_at })}
          testId="start-give-up"
        />
        <Time
          label={procedure.plannedEnd}
          at={options.planned_end}
          onChange={(planned_end) => change({ planned_end })}
          testId="start-end"
        />
      </div>
    </section>
  );
}

interface TimeProps {
  label: string;
  at: Timestamp | null;
  onChange: (at: Timestamp | null) => void;
  isNeeded?: boolean;
  testId: string;
}

function Time({ label, at, onChange, isNeeded = false, testId }: TimeProps) {
  const { procedure } = useMessages();
  const [typed, setTyped] = useState(at === null ? "" : localInput(at));
  const isWrong = isNeeded && fromLocalInput(typed) === null;
  return (
    <TextInput
      label={label}
      type="datetime-local"
      value={typed}
      error={isWrong ? procedure.timeInvalid : undefined}
      onChange={(text) => {
        setTyped(text);
        onChange(fromLocalInput(text));
      }}
      testId={testId}
    />
  );
}

/** Why a planned start cannot be planned as it was typed: a time that is none, or one that is past. */
export function useStartProblem(act: ProcedureAct) {
  const { procedure } = useMessages();
  const planned = act.act === "start" ? act.options.start_at : null;
  const [typed, setTyped] = useState<Timestamp | null>(planned);
  const isPast = useTicking((now) => typed !== null && typed <= now);
  if (planned === null) return { problem: null, isPast: false, onTyped: setTyped };
  const problem = typed === null ? procedure.startUnreadable : isPast ? procedure.startPast : null;
  return { problem, isPast, onTyped: setTyped };
}

/** An hour from now or a little later, on a quarter. */
function nextQuarter(now: Timestamp): Timestamp {
  return Math.ceil((now + 4 * QUARTER) / QUARTER) * QUARTER;
}

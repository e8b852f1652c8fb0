import type { ProcedureOptions } from "../../generated/ProcedureOptions";
import type { Timestamp } from "../../generated/Timestamp";
import { useMessages } from "../../i18n";
import { DateTimeField, Segmented, Tick } from "../../shared";

interface StartOptionsProps {
  options: ProcedureOptions;
  onChange: (options: ProcedureOptions) => void;
}

const QUARTER = 15 * 60_000;

/** What is chosen before a procedure begins. Everything but the start can be changed on the way. */
export function StartOptions({ options, onChange }: StartOptionsProps) {
  const { procedure } = useMessages();
  const { start_at: startAt } = options;
  const change = (part: Partial<ProcedureOptions>) => onChange({ ...options, ...part });
  return (
    <section className="start-options">
      <div className="start-when">
        <Segmented
          label={procedure.startWhen}
          value={startAt === null ? "now" : "later"}
          options={[
            { value: "now", label: procedure.startNow, testId: "start-now" },
            { value: "later", label: procedure.startLater, testId: "start-later" },
          ]}
          onChange={(when) => change({ start_at: when === "now" ? null : nextQuarter(Date.now()) })}
        />
        {startAt !== null && (
          <DateTimeField
            label={procedure.startAt}
            at={startAt}
            onChange={(at) => change({ start_at: at ?? startAt })}
            isNeeded
            testId="start-at"
          />
        )}
      </div>
      <Tick
        label={procedure.acts.go_on_by_itself.title}
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
    </section>
  );
}

/** An hour from now or a little later, on a quarter. */
function nextQuarter(now: Timestamp): Timestamp {
  return Math.ceil((now + 4 * QUARTER) / QUARTER) * QUARTER;
}

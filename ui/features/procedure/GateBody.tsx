import { useState } from "react";
import { useFormat, useMessages } from "../../i18n";
import { Button, TextInput, Tick, useMoment } from "../../shared";
import { Conditions } from "./Conditions";
import { gateConditions, isQuiet } from "./conditions";
import type { BodyProps } from "./PhaseBody";
import { ReviewButton } from "./ReviewButton";

/** A day: longer than any cycle in which a service looks at the mode. */
const MOST_MINUTES = 1440;

/** Read-only is on; what may still write, and how long to wait for it (platform-contract §9). */
export function GateBody({ view, acts, onRemaining }: BodyProps) {
  const { procedure } = useMessages();
  const format = useFormat();
  const moment = useMoment();
  const { buttons } = procedure;
  const quiet = isQuiet(view.gate);
  return (
    <>
      <Conditions conditions={gateConditions(view, procedure, format)} />
      {view.gate.last_zero !== null && <p className="muted small">{procedure.lastZero(moment(view.gate.last_zero))}</p>}
      <Tick
        label={procedure.restarted}
        hint={procedure.restartedHint}
        isOn={view.services_restarted}
        onChange={(done) => acts.request({ act: "services_restarted", done })}
        testId="services-restarted"
      />
      {!view.services_restarted && (
        <SettleMinutes
          key={view.options.settle_minutes}
          minutes={view.options.settle_minutes}
          onChange={(minutes) => acts.request({ act: "settle_minutes", minutes })}
        />
      )}
      <div className="procedure-actions">
        <Button
          kind={quiet ? "primary" : "plain"}
          isBusy={acts.isBusy}
          onClick={() => acts.request({ act: "confirm", phase: "quiet_gate", named: false })}
          data-testid="procedure-begin-work"
        >
          {quiet ? buttons.beginWork : buttons.skipGate}
        </Button>
        <ReviewButton view={view} isPrimary={false} onOpen={onRemaining} />
      </div>
    </>
  );
}

function SettleMinutes({ minutes, onChange }: { minutes: number; onChange: (minutes: number) => void }) {
  const { procedure } = useMessages();
  const [typed, setTyped] = useState(String(minutes));
  const value = /^\d{1,4}$/.test(typed) && Number(typed) <= MOST_MINUTES ? Number(typed) : null;
  return (
    <form
      className="settle"
      onSubmit={(event) => {
        event.preventDefault();
        if (value !== null && value !== minutes) onChange(value);
      }}
    >
      <TextInput
        label={procedure.settleLabel}
        error={value === null ? procedure.settleInvalid : undefined}
        inputMode="numeric"
        value={typed}
        onChange={setTyped}
        testId="settle-minutes"
      />
      <Button submit disabled={value === null || value === minutes}>
        {procedure.apply}
      </Button>
    </form>
  );
}

import { useId } from "react";
import type { Mode } from "../../generated/Mode";
import { useLanguage, useMessages } from "../../i18n";
import { apiKeys, modeName } from "../../i18n/vocabulary";
import { Age, Switch, Tag, useMoment } from "../../shared";
import { knownValue, lastValue, shownAs, useLive } from "../../state";
import type { ModeSwitch } from "./useModeSwitch";
import "./modes.css";

const testIds: Record<Mode, string> = { job_stop: "mode-job-stop", read_only: "mode-read-only" };

/** One mode: what it does, what the platform last said of it and when, and the switch that asks to change it. */
export function ModeCard({ mode, modeSwitch }: { mode: Mode; modeSwitch: ModeSwitch }) {
  const { modes } = useMessages();
  const name = modeName(mode, useLanguage());
  const truth = useLive((live) => live.modes[mode]);
  const isSuspect = useLive((live) => live.suspect[mode] !== null);
  const isOpen = useLive((live) => live.phase.phase === "open");
  const switching = useLive((live) => live.switching);
  const stateId = useId();

  const { step } = modeSwitch;
  const isMine = switching === mode || (step.step === "sending" && step.mode === mode);
  const isElsewhere = switching !== null && switching !== mode;
  const tooltip = !isOpen ? modes.notOpen : isElsewhere ? modes.busyElsewhere : undefined;

  return (
    <section className="card mode" aria-label={name} data-mode={mode}>
      <div>
        <h2 className="card-title">{name}</h2>
        <span className="mono muted">{apiKeys[mode]}</span>
      </div>
      <Switch
        isOn={shownAs(truth) === "unknown" || isSuspect ? null : lastValue(truth)}
        label={modes.switchLabel(name)}
        describedBy={stateId}
        isBusy={isMine}
        isDisabled={!isOpen || isElsewhere}
        {...(tooltip && { tooltip })}
        testId={testIds[mode]}
        onSwitch={() => modeSwitch.request(mode)}
      />
      <div className="mode-state" id={stateId}>
        <ModeState mode={mode} isMine={isMine} />
      </div>
      <p className="mode-explain">{modes.explain[mode][knownValue(truth) === true ? "on" : "off"]}</p>
    </section>
  );
}

function ModeState({ mode, isMine }: { mode: Mode; isMine: boolean }) {
  const { common, modes } = useMessages();
  const moment = useMoment();
  const truth = useLive((live) => live.modes[mode]);
  const suspectSince = useLive((live) => live.suspect[mode]);

  if (isMine) {
    return (
      <>
        <Tag tone="accent">…</Tag>
        <span className="soft">{modes.switching}</span>
      </>
    );
  }
  if (truth.state === "unknown") {
    return (
      <>
        <Tag tone="unknown">{common.unknown}</Tag>
        <span className="soft">{truth.problem ? modes.notKnown : modes.notReadYet}</span>
      </>
    );
  }
  const word = truth.value ? common.on : common.off;
  if (truth.state === "stale") {
    const isUnknown = shownAs(truth) === "unknown";
    const time = moment(truth.at);
    return (
      <>
        <Tag tone="unknown">{isUnknown ? common.unknown : word}</Tag>
        <span className="soft">{isUnknown ? modes.lastKnown(word, time) : modes.staleAt(time)}</span>
      </>
    );
  }
  if (suspectSince !== null) {
    return (
      <>
        <Tag tone="unknown">{modes.suspectOff}</Tag>
        <span className="soft">{modes.suspectSince(moment(suspectSince))}</span>
      </>
    );
  }
  return (
    <>
      <Tag tone={truth.value ? "warn" : "neutral"}>{word}</Tag>
      <span className="soft">{modes.confirmedAt(moment(truth.at))}</span>
      <span className="muted mode-age">
        <Age at={truth.at} />
      </span>
    </>
  );
}

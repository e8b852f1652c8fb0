import { type ReactNode, useId, useState } from "react";
import type { Banner } from "../../generated/Banner";
import type { SwitchPlan } from "../../generated/SwitchPlan";
import { type Messages, useLanguage, useMessages } from "../../i18n";
import { bannerText, modeName } from "../../i18n/vocabulary";
import { Affected, Alert, Button, DangerAlerts, Dialog, LockedAlert, NameToType } from "../../shared";
import { doubted, useLive, useLock } from "../../state";
import type { ModeSwitch } from "./useModeSwitch";
import "./modes.css";

interface ConfirmDialogProps {
  plan: SwitchPlan;
  /** It was confirmed once, and then asked for more than that. */
  isAgain: boolean;
  modeSwitch: ModeSwitch;
  /** The environment, name and address of the platform that would be switched. */
  target: ReactNode;
}

/** What a switch will do and to whom, and the confirmation that Rust asks for. Nothing is sent before it. */
export function ConfirmDialog({ plan, isAgain, modeSwitch, target }: ConfirmDialogProps) {
  const { common, modes } = useMessages();
  const language = useLanguage();
  const [typed, setTyped] = useState("");
  const isLocked = useLock() === "closed";
  const formId = useId();

  const needsName = plan.confirmation === "type_name";
  const mayConfirm = !isLocked && (!needsName || typed === plan.name);

  return (
    <Dialog
      title={modes.title(modeName(plan.mode, language), plan.on)}
      role="alertdialog"
      eyebrow={target}
      onClose={modeSwitch.cancel}
      footer={
        <>
          <Button onClick={modeSwitch.cancel}>{common.cancel}</Button>
          <Button
            submit
            form={formId}
            kind={plan.dangers.length > 0 ? "danger" : "primary"}
            disabled={!mayConfirm}
            data-testid="confirm"
          >
            {modes.confirm[plan.mode](plan.on)}
          </Button>
        </>
      }
    >
      {isAgain && (
        <Alert tone="warning" title={modes.again} testId="confirm-again">
          {modes.againText}
        </Alert>
      )}
      <Consequences plan={plan} />
      {isLocked && <LockedAlert onOpen={modeSwitch.openLock} />}
      <form
        id={formId}
        onSubmit={(event) => {
          event.preventDefault();
          if (mayConfirm) modeSwitch.confirm({ agreed: true, typed_name: needsName ? typed : null });
        }}
      >
        {needsName && <NameToType name={plan.name} typed={typed} onType={setTyped} />}
      </form>
    </Dialog>
  );
}

/** Why it is dangerous, what happens, to whom, and what users will see. */
function Consequences({ plan }: { plan: SwitchPlan }) {
  const { modes } = useMessages();
  const suspect = useLive((live) => live.suspect);
  const { ita: banner } = doubted(plan.banners_after, `after_${plan.mode}`, suspect);
  return (
    <>
      <DangerAlerts dangers={plan.dangers} />
      <section className="plan-section">
        <h3>{modes.what}</h3>
        <ul className="plan-list">
          {whatHappens(plan, banner, modes).map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      </section>
      <section className="plan-section">
        <h3>{modes.whom}</h3>
        <Affected running={plan.running} />
      </section>
      <section className="plan-section">
        <h3>{modes.bannerAfter}</h3>
        <BannerAfter banner={banner} />
      </section>
    </>
  );
}

/** Job stop off starts nothing while read-only is on; the banner after it says whether that is so, or not known. */
function whatHappens({ mode, on }: SwitchPlan, banner: Banner, { whatHappens: texts }: Messages["modes"]) {
  if (mode === "read_only" || on) return texts[mode][on ? "on" : "off"];
  if (banner === "read_only") return texts.job_stop.offUnderReadOnly;
  return banner === "none" ? texts.job_stop.off : texts.job_stop.offMaybe;
}

function BannerAfter({ banner }: { banner: Banner }) {
  const { modes } = useMessages();
  const language = useLanguage();
  if (banner === "none") return <p>{modes.bannerNone}</p>;
  if (banner === "unknown") return <p>{modes.bannerUnknown}</p>;
  return <p className="plan-banner">{bannerText("ita", banner, language)}</p>;
}

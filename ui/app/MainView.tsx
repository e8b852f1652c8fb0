import type { ReactNode } from "react";
import { BannerNow, BannerPreview } from "../features/banner";
import { CountCard } from "../features/count";
import { JobsPanel } from "../features/jobs";
import { ChooseDialog, ConfirmDialog, ModeCard, SwitchOutcomeAlert, useModeSwitch } from "../features/modes";
import { ProcedureCard } from "../features/procedure";
import type { Connection } from "../generated/Connection";
import { useMessages } from "../i18n";
import { Target } from "./Target";
import { Welcome } from "./Welcome";

interface MainViewProps {
  connection: Connection;
  /** Another page is in front: nothing of this one is seen, and what goes on in it goes on. */
  isHidden: boolean;
  /** What is to be known of the connection, on every page. */
  alerts: ReactNode;
  onGuide: () => void;
  onNew: () => void;
  onAskZone: () => void;
}

/** The open connection, from its modes to its jobs. */
export function MainView({ connection, isHidden, alerts, onGuide, onNew, onAskZone }: MainViewProps) {
  const { modes } = useMessages();
  const modeSwitch = useModeSwitch();
  const { step, finished } = modeSwitch;
  const target = <Target connection={connection} />;

  return (
    <main className="main" hidden={isHidden}>
      <div className="left">
        <section className="cards" aria-label={modes.region}>
          <ModeCard mode="job_stop" modeSwitch={modeSwitch} />
          <ModeCard mode="read_only" modeSwitch={modeSwitch} />
          <CountCard />
        </section>
        <div className="alerts">
          <Welcome onGuide={onGuide} onNew={onNew} />
          {finished && <SwitchOutcomeAlert finished={finished} onDismiss={modeSwitch.dismiss} />}
          {!isHidden && alerts}
        </div>
        <div className="jobs-slot">
          {/* Practice needs no answer: its zone is its own, and it is not among the connections that can be edited. */}
          <JobsPanel {...(connection.environment !== "practice" && { onAskZone })} />
        </div>
      </div>
      <aside className="rail">
        <BannerNow />
        {/* Another connection has another procedure: nothing half asked or half ticked is carried over. */}
        <ProcedureCard key={connection.id} target={target} />
        <BannerPreview />
      </aside>
      {step.step === "confirming" && (
        <ConfirmDialog plan={step.plan} isAgain={step.isAgain} modeSwitch={modeSwitch} target={target} />
      )}
      {step.step === "choosing" && <ChooseDialog mode={step.mode} modeSwitch={modeSwitch} target={target} />}
    </main>
  );
}

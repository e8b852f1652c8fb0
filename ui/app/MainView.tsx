import { BannerNow, BannerPreview } from "../features/banner";
import { CountCard } from "../features/count";
import { JobsPanel } from "../features/jobs";
import { ChooseDialog, ConfirmDialog, ModeCard, SwitchOutcomeAlert, useModeSwitch } from "../features/modes";
import { ProcedureCard } from "../features/procedure";
import type { Connection } from "../generated/Connection";
import { useMessages } from "../i18n";
import { EnvironmentChip } from "../shared";
import { useLive } from "../state";
import { Alerts } from "./Alerts";
import { connectionName } from "./connectionName";
import { StoppedPanel } from "./StoppedPanel";
import type { Connecting } from "./useConnecting";
import { Welcome } from "./Welcome";

interface MainViewProps {
  connection: Connection;
  connecting: Connecting;
  onCertificate: () => void;
  onGuide: () => void;
  onNew: () => void;
  onEdit: () => void;
  onAskZone: () => void;
}

/** The open connection, from its modes to its jobs. */
export function MainView({ connection, connecting, onCertificate, onGuide, onNew, onEdit, onAskZone }: MainViewProps) {
  const { modes } = useMessages();
  const phase = useLive((live) => live.phase);
  const modeSwitch = useModeSwitch();
  const { step, finished } = modeSwitch;
  const target = <Target connection={connection} />;

  return (
    <main className="main">
      <div className="left">
        <section className="cards" aria-label={modes.region}>
          <ModeCard mode="job_stop" modeSwitch={modeSwitch} />
          <ModeCard mode="read_only" modeSwitch={modeSwitch} />
          <CountCard />
        </section>
        <div className="alerts">
          <Welcome onGuide={onGuide} onNew={onNew} />
          {phase.phase === "stopped" && (
            <StoppedPanel
              connection={connection}
              problem={phase.problem}
              connecting={connecting}
              onCertificate={onCertificate}
              onEdit={onEdit}
            />
          )}
          {finished && <SwitchOutcomeAlert finished={finished} onDismiss={modeSwitch.dismiss} />}
          <Alerts connecting={connecting} />
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

/** Which platform a dialog is about. The wrong system is what people fear most. */
function Target({ connection }: { connection: Connection }) {
  return (
    <p className="target" data-environment={connection.environment}>
      <EnvironmentChip environment={connection.environment} />
      <b>{connectionName(connection, useMessages())}</b>
      <span className="muted">{connection.address}</span>
    </p>
  );
}

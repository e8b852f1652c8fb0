import type { ProcedureView } from "../../generated/ProcedureView";
import { useFormat, useLanguage, useMessages } from "../../i18n";
import { backyardName } from "../../i18n/vocabulary";
import { Phrases, titleText } from "../../shared";
import { placeOf } from "./ownerText";
import { holdsDrain, isConductor, unchangedFor } from "./remaining";

/** What holds the drain, the most urgent row of it; and apart from that the conductors, which nobody waits for. */
export function Holds({ view }: { view: ProcedureView }) {
  const { procedure } = useMessages();
  const language = useLanguage();
  const format = useFormat();
  const first = view.remaining.find((job) => holdsDrain(job, view));
  const conductors = view.remaining.filter((job) => isConductor(job) && job.next_step !== "wait");
  const [conductor] = conductors;
  return (
    <>
      {first && (
        <p className="step-holds">
          <b>{procedure.holds}</b>
          {procedure.holdsText(
            placeOf(first),
            titleText(backyardName(first.backyard, language)),
            format.list([procedure.kinds[first.kind], ...unchangedFor(first, procedure, format)]),
          )}
          <span className="soft">
            <Phrases text={procedure.next[first.next_step]} />
          </span>
        </p>
      )}
      {conductor && (
        <p className="step-holds">
          <b>{procedure.conductors}</b>
          {procedure.conductorsText(placeOf(conductor), procedure.kinds[conductor.kind], conductors.length - 1)}
        </p>
      )}
    </>
  );
}

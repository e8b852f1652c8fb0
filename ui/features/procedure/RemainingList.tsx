import type { ProcedureView } from "../../generated/ProcedureView";
import type { RemainingJob } from "../../generated/RemainingJob";
import type { RemainingKind } from "../../generated/RemainingKind";
import { type Messages, useFormat, useLanguage, useMessages } from "../../i18n";
import { backyardName, knownBackyards } from "../../i18n/vocabulary";
import { Alert, PlainText, Tag, type TagTone } from "../../shared";
import { placeOf } from "./ownerText";

const tones: Record<RemainingKind, TagTone> = {
  new_after_stop: "bad",
  unclassified: "unknown",
  paused: "warn",
  standing: "warn",
  waiting_for_movement: "warn",
  moving: "neutral",
};

/** What read-only takes away from a row (platform-contract §9). */
function losses({ kind, backyard }: RemainingJob, { loses }: Messages["procedure"]): string {
  if (kind === "paused") return loses.paused;
  if (backyard === "ita-by-conductor-synchronize") return loses.conductor;
  return knownBackyards.includes(backyard) ? loses.job : loses.unknown;
}

interface RemainingListProps {
  view: ProcedureView;
  /** The last column: what to do about each row, or what becomes impossible for it. */
  shows: "next" | "losses";
}

/** Every row that remains with what it is and why, the most urgent first. */
export function RemainingList({ view, shows }: RemainingListProps) {
  const { procedure } = useMessages();
  const format = useFormat();
  const language = useLanguage();
  const { columns } = procedure;
  const rest = view.remaining_total - view.remaining.length;
  return (
    <>
      {!view.gate.list_is_complete && <Alert tone="unknown" title={procedure.remainingUnknown} />}
      {view.remaining.length === 0 ? (
        <p className="muted">{procedure.remainingNone}</p>
      ) : (
        <table className="remaining" data-testid="procedure-remaining">
          <thead>
            <tr>
              <th scope="col">{columns.place}</th>
              <th scope="col">{columns.job}</th>
              <th scope="col">{columns.why}</th>
              <th scope="col">{shows === "next" ? columns.next : columns.loses}</th>
            </tr>
          </thead>
          <tbody>
            {view.remaining.map((job) => (
              <tr key={JSON.stringify([job.organization, job.workspace, job.backyard, job.job_id])}>
                <td>
                  <PlainText text={placeOf(job)} />
                </td>
                <td>
                  <PlainText text={backyardName(job.backyard, language)} />
                  <span className="remaining-id mono">
                    <PlainText text={job.job_id} />
                  </span>
                </td>
                <td>
                  <Tag tone={tones[job.kind]}>{procedure.kinds[job.kind]}</Tag>
                  <span className="remaining-why">{procedure.why[job.kind]}</span>
                  <span className="remaining-why muted">{procedure.unchanged(format.duration(job.unchanged_ms))}</span>
                </td>
                <td>{shows === "next" ? procedure.next[job.next_step] : losses(job, procedure)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {rest > 0 && <p className="muted">{procedure.remainingMore(rest)}</p>}
    </>
  );
}

import type { ProcedureView } from "../../generated/ProcedureView";
import type { RemainingJob } from "../../generated/RemainingJob";
import type { RemainingKind } from "../../generated/RemainingKind";
import { type Messages, useFormat, useLanguage, useMessages } from "../../i18n";
import { backyardName, knownBackyards } from "../../i18n/vocabulary";
import { Alert, PlainText, Tag, type TagTone } from "../../shared";
import { placeOf } from "./ownerText";
import { groupedBy, isConductor, unchangedFor } from "./remaining";

const tones: Record<RemainingKind, TagTone> = {
  new_after_stop: "bad",
  unclassified: "unknown",
  paused: "warn",
  standing: "warn",
  waiting_for_movement: "warn",
  moving: "neutral",
};

/** What read-only takes away from a row (platform-contract §9). */
function losses(job: RemainingJob, { loses }: Messages["procedure"]): string {
  if (job.kind === "paused") return loses.paused;
  if (isConductor(job)) return loses.conductor;
  return knownBackyards.includes(job.backyard) ? loses.job : loses.unknown;
}

interface RemainingListProps {
  view: ProcedureView;
  /** What stands above the rows: what to do about them, or what becomes impossible for them. */
  shows: "next" | "losses";
}

/** Every row that remains with what it is and why, the most urgent first, under what applies to it. */
export function RemainingList({ view, shows }: RemainingListProps) {
  const { procedure } = useMessages();
  const { columns, groups } = procedure;
  const rest = view.remaining_total - view.remaining.length;
  const sentenceOf = (job: RemainingJob) => (shows === "next" ? procedure.next[job.next_step] : losses(job, procedure));
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
            </tr>
          </thead>
          {groupedBy(view.remaining, sentenceOf).map(([sentence, jobs]) => (
            <tbody key={sentence}>
              <tr className="remaining-group">
                <th colSpan={3} scope="rowgroup">
                  <span className="soft">{groups[shows]}</span>
                  {sentence}
                </th>
              </tr>
              {jobs.map((job) => (
                <Row key={JSON.stringify([job.organization, job.workspace, job.backyard, job.job_id])} job={job} />
              ))}
            </tbody>
          ))}
        </table>
      )}
      {rest > 0 && <p className="muted">{procedure.remainingMore(rest)}</p>}
    </>
  );
}

/** Of these two the tag says everything. */
const plain: ReadonlySet<RemainingKind> = new Set(["standing", "moving"]);

function Row({ job }: { job: RemainingJob }) {
  const { procedure } = useMessages();
  const format = useFormat();
  const language = useLanguage();
  return (
    <tr>
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
        <Tag tone={tones[job.kind]}>{procedure.kinds[job.kind]}</Tag>{" "}
        <span className="muted">{unchangedFor(job, procedure, format)}</span>
        {!plain.has(job.kind) && <span className="remaining-why">{procedure.why[job.kind]}</span>}
      </td>
    </tr>
  );
}

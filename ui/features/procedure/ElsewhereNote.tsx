import type { ProcedureElsewhere } from "../../generated/ProcedureElsewhere";
import { useMessages } from "../../i18n";
import { Button, useMoment } from "../../shared";
import { useStore } from "../../state";

/** A procedure that another of our programs drives, or left: as it was saved, and the way to go on with it here. */
export function ElsewhereNote({ found }: { found: ProcedureElsewhere }) {
  const { elsewhere, phases } = useMessages().procedure;
  const moment = useMoment();
  const store = useStore();
  return (
    <div className="procedure-note" role="status" data-testid="procedure-elsewhere" data-phase={found.phase}>
      <b>{elsewhere.title[found.driven_by]}</b>
      <p>{phases[found.phase]}</p>
      {found.since !== null && <p className="muted small">{elsewhere.since(moment(found.since))}</p>}
      <p className="soft small">{elsewhere.text}</p>
      <div className="procedure-actions">
        <Button
          onClick={() => void store.run(() => store.backend.call("take_over_procedure"))}
          data-testid="procedure-take-over"
        >
          {elsewhere.takeOver}
        </Button>
      </div>
    </div>
  );
}

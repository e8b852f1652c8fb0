import type { ProcedureElsewhere } from "../../generated/ProcedureElsewhere";
import { useMessages } from "../../i18n";
import { Button, titleText, useMoment } from "../../shared";
import { useStore } from "../../state";

/** A procedure that cannot go on here as it is: as it was saved, and the way to go on with it. */
export function ElsewhereNote({ found }: { found: ProcedureElsewhere }) {
  const { elsewhere, phases } = useMessages().procedure;
  const moment = useMoment();
  const address = found.other_address;
  return (
    <div className="procedure-note" role="status" data-testid="procedure-elsewhere" data-phase={found.phase}>
      <b>{address === null ? elsewhere.title[found.driven_by] : elsewhere.otherAddress}</b>
      <p>{phases[found.phase]}</p>
      {found.since !== null && <p className="muted small">{elsewhere.since(moment(found.since))}</p>}
      {address === null ? <TakeOver /> : <p>{elsewhere.otherAddressText(titleText(address))}</p>}
    </div>
  );
}

/** Another of our programs drives it, or left it. */
function TakeOver() {
  const { elsewhere } = useMessages().procedure;
  const store = useStore();
  return (
    <>
      <p className="soft small">{elsewhere.text}</p>
      <div className="procedure-actions">
        <Button
          onClick={() => void store.run(() => store.backend.call("take_over_procedure"))}
          data-testid="procedure-take-over"
        >
          {elsewhere.takeOver}
        </Button>
      </div>
    </>
  );
}

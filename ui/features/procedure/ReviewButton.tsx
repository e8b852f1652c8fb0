import type { ProcedureView } from "../../generated/ProcedureView";
import { useMessages } from "../../i18n";
import { Button } from "../../shared";
import { knownValue, useLive } from "../../state";
import { isConductor } from "./remaining";

interface ReviewButtonProps {
  view: ProcedureView;
  isPrimary: boolean;
  onOpen: () => void;
}

/** Opens what is left, and says why that is more than the count: it has the conductors too. */
export function ReviewButton({ view, isPrimary, onOpen }: ReviewButtonProps) {
  const { procedure } = useMessages();
  const listed = view.remaining.filter(isConductor).length;
  // Of a list that is cut the count knows better.
  const isCut = view.remaining_total > view.remaining.length;
  const conductors = useLive((live) => (isCut ? knownValue(live.running)?.conductors : undefined) ?? listed);
  if (view.remaining_total === 0) return null;
  return (
    <Button kind={isPrimary ? "primary" : "plain"} onClick={onOpen} data-testid="procedure-show-remaining">
      {procedure.showRemaining(view.remaining_total, conductors)}
    </Button>
  );
}

import { useState } from "react";
import type { Connection } from "../../generated/Connection";
import type { Problem } from "../../generated/Problem";
import { useMessages } from "../../i18n";
import { toProblem } from "../../ipc";
import { Button, Dialog, ProblemAlert, visibleText } from "../../shared";
import { useBackend } from "../../state";

/** A button that asks before it deletes. */
export function DeleteConnection({ connection, onDeleted }: { connection: Connection; onDeleted: () => void }) {
  const { common, connections } = useMessages();
  const backend = useBackend();
  const [isAsking, setAsking] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);

  const remove = async () => {
    setBusy(true);
    setProblem(null);
    try {
      await backend.call("delete_connection", { id: connection.id });
      onDeleted();
    } catch (rejection) {
      setProblem(toProblem(rejection));
      setBusy(false);
    }
  };

  return (
    <>
      <Button kind="quiet" icon="trash" data-testid="connection-delete" onClick={() => setAsking(true)}>
        {connections.delete}
      </Button>
      {isAsking && (
        <Dialog
          title={connections.deleteTitle}
          role="alertdialog"
          size="small"
          onClose={() => setAsking(false)}
          footer={
            <>
              <Button onClick={() => setAsking(false)}>{common.cancel}</Button>
              <Button kind="danger" isBusy={isBusy} data-testid="connection-delete-confirm" onClick={remove}>
                {connections.deleteConfirm}
              </Button>
            </>
          }
        >
          <p>{connections.deleteText(visibleText(connection.name))}</p>
          {problem && <ProblemAlert problem={problem} />}
        </Dialog>
      )}
    </>
  );
}

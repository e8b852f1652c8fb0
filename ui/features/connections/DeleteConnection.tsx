import { useState } from "react";
import type { Connection } from "../../generated/Connection";
import type { Problem } from "../../generated/Problem";
import { useFormat, useMessages } from "../../i18n";
import { toProblem } from "../../ipc";
import { Alert, Button, Dialog, NameToType, ProblemAlert, visibleText } from "../../shared";
import { useApp, useBackend, useLive } from "../../state";
import { whatRemains } from "./remains";

/** A button that asks before it deletes; for the name too where something would be left on and forgotten. */
export function DeleteConnection({ connection, onDeleted }: { connection: Connection; onDeleted: () => void }) {
  const messages = useMessages();
  const { common, connections } = messages;
  const live = useLive((value) => value);
  const leftOn = useApp((state) => state.leftOn.modes);
  const [typed, setTyped] = useState("");
  const backend = useBackend();
  const format = useFormat();
  const [isAsking, setAsking] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);

  const remains = whatRemains(connection.id, live, leftOn, messages);
  const isNamed = remains.length === 0 || typed === connection.name;
  const ask = () => {
    setTyped("");
    setAsking(true);
  };

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
      <Button kind="quiet" icon="trash" data-testid="connection-delete" onClick={ask}>
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
              <Button
                kind="danger"
                disabled={!isNamed}
                isBusy={isBusy}
                data-testid="connection-delete-confirm"
                onClick={remove}
              >
                {connections.deleteConfirm}
              </Button>
            </>
          }
        >
          <p>{connections.deleteText(visibleText(connection.name))}</p>
          {remains.length > 0 && (
            <>
              <Alert tone="error" title={format.sentences(...remains)} testId="connection-delete-remains">
                {connections.deleteRemains.text}
              </Alert>
              <NameToType name={connection.name} typed={typed} onType={setTyped} />
            </>
          )}
          {problem && <ProblemAlert problem={problem} />}
        </Dialog>
      )}
    </>
  );
}

import { useRef, useState } from "react";
import type { Connection } from "../../generated/Connection";
import type { Problem } from "../../generated/Problem";
import { useMessages } from "../../i18n";
import { toProblem } from "../../ipc";
import { useApp, useBackend } from "../../state";
import { type FieldErrors, type FieldName, type FormState, initialForm, toDraft, validate } from "./form";
import { useAddressCheck } from "./useAddressCheck";

/** The form's values, its errors once saving was tried, and saving. Whatever fails, what was typed stays. */
export function useConnectionForm(
  connection: Connection | null,
  onSaved: (connection: Connection, password: string | null) => void,
) {
  const { error: sentences } = useMessages().connections;
  const addressWords = useMessages().connections.addressProblem;
  const backend = useBackend();
  const hasKeyring = useApp((state) => state.keyring === null);
  const connections = useApp((state) => state.connections);
  // Only what was typed or chosen: whether there is a keyring may become known while the form is open.
  const [changes, setChanges] = useState<Partial<FormState>>({});
  const form: FormState = { ...initialForm(connection, hasKeyring), ...changes };
  const change = (more: Partial<FormState>) => setChanges((last) => ({ ...last, ...more }));
  const [tries, setTries] = useState(0);
  const hasTried = tries > 0;
  const [isSaving, setSaving] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const isBusy = useRef(false);
  const checked = useAddressCheck(form.address);

  const takenNames = connections.filter(({ id }) => id !== connection?.id).map(({ name }) => name);
  const errorsFor = (origin: string | null): FieldErrors => validate(form, { connection, takenNames, origin });
  // Between typing and its check an address is neither right nor wrong.
  const errors = errorsFor(checked.address?.origin ?? (checked.problem ? null : (connection?.address ?? "")));
  if (form.address.trim() === "") errors.address = "address";

  const errorOf = (field: FieldName): string | undefined => {
    const error = errors[field];
    if (!error || !(hasTried || error === "userColon")) return undefined;
    return error === "address" ? addressWords.empty : sentences[error];
  };

  const password = form.password === "" ? null : form.password;

  /** Saves, unless there is something to put right first. */
  const save = async (): Promise<void> => {
    if (isBusy.current) return;
    isBusy.current = true;
    setSaving(true);
    setProblem(null);
    try {
      const { address } = await checked.check();
      setTries((last) => last + 1);
      if (Object.keys(errorsFor(address?.origin ?? null)).length > 0) return;
      const saved = await backend.call("save_connection", { draft: toDraft(form, connection), password });
      change({ password: "" });
      onSaved(saved, saved.secret_place === "keyring" ? null : password);
    } catch (rejection) {
      setProblem(toProblem(rejection));
    } finally {
      isBusy.current = false;
      setSaving(false);
    }
  };

  return {
    form,
    password,
    checked,
    errorOf,
    errorCount: hasTried ? Object.keys(errors).length : 0,
    errors: hasTried ? errors : {},
    problem,
    /** How often saving was tried. */
    tries,
    isSaving,
    save,
    change,
  };
}

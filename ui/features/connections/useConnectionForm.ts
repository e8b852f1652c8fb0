import { useRef, useState } from "react";
import type { Address } from "../../generated/Address";
import type { Connection } from "../../generated/Connection";
import type { Problem } from "../../generated/Problem";
import { useMessages } from "../../i18n";
import { toProblem } from "../../ipc";
import { useApp, useBackend } from "../../state";
import {
  type FieldError,
  type FieldErrors,
  type FieldName,
  type FormState,
  initialForm,
  toDraft,
  validate,
} from "./form";
import { useAddressCheck } from "./useAddressCheck";

export type ConnectionForm = ReturnType<typeof useConnectionForm>;

/** What no further typing puts right. */
const toldAtOnce: ReadonlySet<FieldError> = new Set(["userColon", "passwordLine", "passwordTooLong"]);

/** The form's values, its errors once saving was tried, and saving. Whatever fails, what was typed stays. */
export function useConnectionForm(
  connection: Connection | null,
  onSaved: (connection: Connection, password: string | null) => void,
) {
  const backend = useBackend();
  const hasKeyring = useApp((state) => state.keyring === null);
  // Only what was typed or chosen: whether there is a keyring may become known while the form is open.
  const [changes, setChanges] = useState<Partial<FormState>>({});
  const form: FormState = { ...initialForm(connection, hasKeyring), ...changes };
  const change = (more: Partial<FormState>) => setChanges((last) => ({ ...last, ...more }));
  const checked = useAddressCheck(form.address);
  const { errors, errorsFor } = useFieldErrors(form, connection, checked);
  const password = form.password === "" ? null : form.password;

  const saving = useSaving(async (tried) => {
    const { address } = await checked.check();
    tried();
    if (Object.keys(errorsFor(address)).length > 0) return;
    const saved = await backend.call("save_connection", { draft: toDraft(form, connection), password });
    change({ password: "" });
    onSaved(saved, saved.secret_place === "keyring" ? null : password);
  });
  const hasTried = saving.tries > 0;
  const sentenceOf = useSentences();

  const errorOf = (field: FieldName): string | undefined => {
    const error = errors[field];
    return error && (hasTried || toldAtOnce.has(error)) ? sentenceOf(error) : undefined;
  };

  return {
    form,
    password,
    checked,
    errorOf,
    errorCount: hasTried ? Object.keys(errors).length : 0,
    errors: hasTried ? errors : {},
    problem: saving.problem,
    /** How often saving was tried. */
    tries: saving.tries,
    isSaving: saving.isSaving,
    save: saving.save,
    change,
  };
}

/** What is wrong with the form as it stands, and what would be with an address that was just checked. */
function useFieldErrors(
  form: FormState,
  connection: Connection | null,
  checked: { address: Address | null; problem: Problem | null },
) {
  const connections = useApp((state) => state.connections);
  const takenNames = connections.filter(({ id }) => id !== connection?.id).map(({ name }) => name);
  const validated = (origin: string | null, isPlain: boolean) =>
    validate(form, { connection, takenNames, origin, isPlain });
  // Between typing and its check an address is neither right nor wrong.
  const unchecked = checked.problem ? null : (connection?.address ?? "");
  const errors = validated(checked.address?.origin ?? unchecked, checked.address?.is_plain ?? false);
  if (form.address.trim() === "") errors.address = "address";
  const errorsFor = (address: Address | null): FieldErrors =>
    validated(address?.origin ?? null, address?.is_plain ?? false);
  return { errors, errorsFor };
}

function useSentences() {
  const { error: sentences, addressProblem } = useMessages().connections;
  return (error: NonNullable<FieldErrors[FieldName]>): string =>
    error === "address" ? addressProblem.empty : sentences[error];
}

/** One attempt at a time; what it throws is told. */
function useSaving(attempt: (tried: () => void) => Promise<void>) {
  const [tries, setTries] = useState(0);
  const [isSaving, setSaving] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const isBusy = useRef(false);

  const save = async (): Promise<void> => {
    if (isBusy.current) return;
    isBusy.current = true;
    setSaving(true);
    setProblem(null);
    try {
      await attempt(() => setTries((last) => last + 1));
    } catch (rejection) {
      setProblem(toProblem(rejection));
    } finally {
      isBusy.current = false;
      setSaving(false);
    }
  };

  return { tries, isSaving, problem, save };
}

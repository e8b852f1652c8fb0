import { type FormEvent, useState } from "react";
import type { Connection } from "../../generated/Connection";
import type { Problem } from "../../generated/Problem";
import { useMessages } from "../../i18n";
import { toProblem } from "../../ipc";
import { Button, ProblemAlert, TextInput, visibleText } from "../../shared";
import { useApp, useBackend } from "../../state";
import { draftOf } from "./form";
import { Agreement } from "./PinCertificate";
import "./sign-in.css";

interface SignInProps {
  connection: Connection;
  /** A connect with it is on its way. */
  isBusy: boolean;
  /** Connects; the password is tried exactly once. */
  onSignIn: (password: string) => void;
  onEdit: () => void;
}

/** Asks for the password of a connection that stopped for want of it; keeps it in the keyring if it belongs there. */
export function SignIn({ connection, isBusy, onSignIn, onEdit }: SignInProps) {
  const { signIn } = useMessages().connections;
  const backend = useBackend();
  const hasKeyring = useApp((state) => state.keyring === null);
  const belongsInKeyring = connection.secret_place === "keyring";
  const [password, setPassword] = useState("");
  const [isKept, setKept] = useState(belongsInKeyring && hasKeyring);
  const [isSaving, setSaving] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (password === "" || isBusy || isSaving) return;
    setSaving(true);
    setProblem(null);
    try {
      if (isKept) await backend.call("save_connection", { draft: draftOf(connection), password });
      setPassword("");
      onSignIn(password);
    } catch (rejection) {
      setProblem(toProblem(rejection));
      setKept(false);
    } finally {
      setSaving(false);
    }
  };

  return (
    <form className="sign-in-form" onSubmit={submit}>
      <div className="sign-in-line">
        <TextInput
          label={signIn.password(visibleText(connection.user))}
          type="password"
          autoComplete="current-password"
          value={password}
          onChange={setPassword}
          testId="sign-in-password"
        />
        <Button
          submit
          kind="primary"
          icon="key"
          disabled={password === ""}
          isBusy={isBusy || isSaving}
          data-testid="sign-in-submit"
        >
          {signIn.submit}
        </Button>
        <Button onClick={onEdit}>{signIn.edit}</Button>
      </div>
      {belongsInKeyring && <Agreement text={signIn.keep} isGiven={isKept} testId="sign-in-keep" onChange={setKept} />}
      {problem && <ProblemAlert problem={problem} />}
    </form>
  );
}

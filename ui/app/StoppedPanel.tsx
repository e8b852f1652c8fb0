import { useState } from "react";
import type { Connection } from "../generated/Connection";
import type { Problem } from "../generated/Problem";
import type { ProblemCode } from "../generated/ProblemCode";
import { problemText, severityOf, useLanguage, useMessages } from "../i18n";
import { Alert, Button, ProblemText, TextInput } from "../shared";
import type { Connecting } from "./useConnecting";

const keyringCodes: ReadonlySet<ProblemCode> = new Set(["keyring_unavailable", "keyring_locked", "keyring_timed_out"]);

interface StoppedPanelProps {
  connection: Connection;
  problem: Problem;
  connecting: Connecting;
  onCertificate: () => void;
  onEdit: () => void;
}

/** Every request has stopped until the person acts: why, and the one thing to do about it. */
export function StoppedPanel({ connection, problem, connecting, onCertificate, onEdit }: StoppedPanelProps) {
  const { shell } = useMessages();
  const language = useLanguage();
  const isKeyring = keyringCodes.has(problem.code);
  const asksPassword = isKeyring || problem.code === "login_refused" || problem.code === "password_needed";
  const isCertificate = problem.code === "certificate_untrusted" || problem.code === "certificate_changed";
  return (
    <Alert tone={severityOf(problem.code)} title={problemText(problem.code, language).title} testId="stopped">
      <ProblemText problem={problem} />
      {isKeyring && <p className="soft">{shell.withoutKeyring}</p>}
      {asksPassword && <SignIn connection={connection} connecting={connecting} onEdit={onEdit} />}
      <div className="stopped-actions">
        {isCertificate && (
          <Button kind="primary" onClick={onCertificate} data-testid="show-certificate">
            {shell.showCertificate}
          </Button>
        )}
        {(isKeyring || !asksPassword) && !isCertificate && (
          <Button isBusy={connecting.isBusy} onClick={() => connecting.connect(connection.id, null)}>
            {shell.tryAgain}
          </Button>
        )}
        {!asksPassword && connection.environment !== "practice" && <Button onClick={onEdit}>{shell.edit}</Button>}
      </div>
    </Alert>
  );
}

type SignInProps = Pick<StoppedPanelProps, "connection" | "connecting" | "onEdit">;

function SignIn({ connection, connecting, onEdit }: SignInProps) {
  const { shell } = useMessages();
  const [password, setPassword] = useState("");
  return (
    <form
      className="sign-in"
      onSubmit={(event) => {
        event.preventDefault();
        if (password === "" || connecting.isBusy) return;
        connecting.connect(connection.id, password);
        setPassword("");
      }}
    >
      <TextInput
        label={shell.signInFor(connection.user)}
        type="password"
        value={password}
        onChange={setPassword}
        testId="sign-in-password"
      />
      <Button
        submit
        kind="primary"
        icon="key"
        disabled={password === ""}
        isBusy={connecting.isBusy}
        data-testid="sign-in-submit"
      >
        {shell.signInButton}
      </Button>
      <Button onClick={onEdit}>{shell.edit}</Button>
    </form>
  );
}

import { type SyntheticEvent, useState } from "react";
import type { Connection } from "../../generated/Connection";
import type { SecretPlace } from "../../generated/SecretPlace";
import { useMessages } from "../../i18n";
import { Button, Field, IconButton, ProblemAlert, TextInput } from "../../shared";
import { useApp, useStore } from "../../state";
import { ChoiceField, type FormPart } from "./FormFields";
import { isSeveralLines } from "./form";

const places: readonly SecretPlace[] = ["keyring", "session", "ask"];

/** User and password, and where the password lives. */
export function SecretFields({ form, change, errorOf, connection }: FormPart & { connection: Connection | null }) {
  const { connections } = useMessages();
  const keyring = useApp((state) => state.keyring);
  const store = useStore();
  const isKept = connection !== null && connection.secret_place !== "ask" && form.secretPlace !== "ask";
  const hasColon = form.password.includes(":");
  return (
    <>
      <div className="field-pair">
        <TextInput
          label={connections.user}
          value={form.user}
          onChange={(user) => change({ user })}
          error={errorOf("user")}
          autoComplete="off"
          testId="connection-user"
        />
        <PasswordField
          value={form.password}
          placeholder={isKept ? connections.passwordKept : ""}
          error={errorOf("password")}
          onChange={(password) => change({ password })}
        />
      </div>
      {hasColon && form.login !== "token" && (
        <p className="note-warning" role="status">
          {form.login === "basic" ? connections.colonBasic : connections.colonAutomatic}
        </p>
      )}
      <ChoiceField
        label={connections.place}
        value={form.secretPlace}
        options={places.map((value) => ({ value, label: connections.places[value] }))}
        hint={connections.placeHelp[form.secretPlace]}
        testId="connection-secret-place"
        onChange={(secretPlace) => change({ secretPlace })}
      >
        {keyring && form.secretPlace !== "ask" && (
          <ProblemAlert
            problem={keyring}
            testId="keyring-problem"
            actions={<Button onClick={() => store.retryKeyring()}>{connections.keyringRetry}</Button>}
          />
        )}
      </ChoiceField>
    </>
  );
}

interface PasswordFieldProps {
  value: string;
  placeholder: string;
  error: string | undefined;
  onChange: (password: string) => void;
}

const refuse = (event: SyntheticEvent) => event.preventDefault();

function PasswordField({ value, placeholder, error, onChange }: PasswordFieldProps) {
  const { connections } = useMessages();
  const [isShown, setShown] = useState(false);
  const [isRefused, setRefused] = useState(false);
  return (
    <Field label={connections.password} error={isRefused ? connections.error.passwordLine : error}>
      {(control) => (
        <div className="password-box">
          <input
            {...control}
            className="input"
            type={isShown ? "text" : "password"}
            autoComplete="new-password"
            autoCorrect="off"
            autoCapitalize="off"
            spellCheck={false}
            placeholder={placeholder}
            value={value}
            data-testid="connection-password"
            onChange={(event) => {
              setRefused(false);
              onChange(event.target.value);
            }}
            onPaste={(event) => {
              const pasted = event.clipboardData.getData("text");
              setRefused(isSeveralLines(pasted));
              if (isSeveralLines(pasted)) event.preventDefault();
            }}
            // Shown, it is a text like any other to the web view; it still goes to no clipboard.
            onCopy={refuse}
            onCut={refuse}
            onDragStart={refuse}
          />
          <IconButton
            icon={isShown ? "eye-off" : "eye"}
            kind="quiet"
            label={isShown ? connections.passwordHide : connections.passwordShow}
            aria-pressed={isShown}
            onClick={() => setShown(!isShown)}
          />
        </div>
      )}
    </Field>
  );
}

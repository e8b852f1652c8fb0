import { useMessages } from "../../i18n";
import { Icon, TextInput, visibleText } from "../../shared";
import type { FormPart } from "./FormFields";
import { type AddressCheck, isPort80 } from "./useAddressCheck";

interface AddressFieldProps extends FormPart {
  checked: AddressCheck;
}

/** The address with what Rust made of it and what is risky about it. */
export function AddressField({ form, change, errorOf, checked }: AddressFieldProps) {
  const { connections } = useMessages();
  const reasons: Record<string, string> = connections.addressProblem;
  const reason = checked.problem ? (reasons[checked.problem.facts.reason ?? ""] ?? reasons.syntax) : undefined;
  const error = form.address.trim() === "" ? errorOf("address") : reason;
  const { address } = checked;
  return (
    <div className="address-field">
      <TextInput
        label={connections.address}
        placeholder={connections.addressPlaceholder}
        value={form.address}
        onChange={(typed) => change({ address: typed })}
        error={error}
        hint={address ? undefined : connections.addressHint}
        inputMode="url"
        testId="connection-address"
      />
      {address && (
        <div role="status" data-testid="address-notes">
          <ul className="address-notes">
            {(address.was_cut || address.origin !== form.address.trim()) && (
              <Note
                text={
                  address.was_cut ? connections.addressCut(address.origin) : connections.addressUses(address.origin)
                }
              />
            )}
            {address.unicode_host && (
              <Note isWarning text={connections.addressUnicode(visibleText(address.unicode_host), address.origin)} />
            )}
            {address.is_plain && <Note isWarning text={connections.addressPlain} />}
            {isPort80(address.origin) && (
              <Note isWarning text={connections.addressPort80}>
                <button type="button" className="link" onClick={() => change({ address: `${address.origin}:81` })}>
                  {connections.addressPort81}
                </button>
              </Note>
            )}
          </ul>
        </div>
      )}
    </div>
  );
}

function Note({ text, isWarning, children }: { text: string; isWarning?: boolean; children?: React.ReactNode }) {
  return (
    <li className={isWarning ? "note-warning" : "field-hint"}>
      {isWarning && <Icon name="alert" />}
      <span>
        {text} {children}
      </span>
    </li>
  );
}

import type { Address } from "../../generated/Address";
import { useMessages } from "../../i18n";
import { Icon, TextInput, visibleText } from "../../shared";
import { Agreement } from "./Agreement";
import type { FormPart } from "./FormFields";
import { type AddressCheck, isPort80 } from "./useAddressCheck";

interface AddressFieldProps extends FormPart {
  checked: AddressCheck;
  /** The address as it was saved; null for a new connection. */
  saved: string | null;
}

/** The address with what Rust made of it and what is risky about it. */
export function AddressField({ form, change, errorOf, checked, saved }: AddressFieldProps) {
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
        onChange={(typed) => change({ address: typed, acceptsPlain: false })}
        error={error}
        hint={address ? undefined : connections.addressHint}
        inputMode="url"
        testId="connection-address"
      />
      {address && (
        <div role="status" data-testid="address-notes">
          <AddressNotes address={address} typed={form.address.trim()} change={change} />
        </div>
      )}
      {address?.is_plain && address.origin !== saved && (
        <Agreement
          text={connections.addressPlainAgree}
          isGiven={form.acceptsPlain}
          error={errorOf("plain")}
          testId="connection-accepts-plain"
          onChange={(acceptsPlain) => change({ acceptsPlain })}
        />
      )}
    </div>
  );
}

interface AddressNotesProps extends Pick<FormPart, "change"> {
  address: Address;
  typed: string;
}

/** What an address really means and what is risky about it. */
function AddressNotes({ address, typed, change }: AddressNotesProps) {
  const { connections } = useMessages();
  const { lookalikes } = address;
  return (
    <ul className="address-notes">
      {(address.was_cut || address.origin !== typed) && (
        <Note
          text={address.was_cut ? connections.addressCut(address.origin) : connections.addressUses(address.origin)}
        />
      )}
      {address.unicode_host && (
        <Note isWarning text={connections.addressUnicode(visibleText(address.unicode_host), address.origin)} />
      )}
      {lookalikes.length > 0 && (
        <Note isWarning text={connections.addressLookalikes(lookalikes.map(named).join(", "))} />
      )}
      {address.is_plain && <Note isWarning text={connections.addressPlain} />}
      {isPort80(address.origin) && (
        <Note isWarning text={connections.addressPort80}>
          <button
            type="button"
            className="link"
            onClick={() => change({ address: `${address.origin}:81`, acceptsPlain: false })}
          >
            {connections.addressPort81}
          </button>
        </Note>
      )}
    </ul>
  );
}

/** `а (U+0430)`: what the eye cannot tell apart. */
function named(letter: string): string {
  return `${letter} (U+${(letter.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")})`;
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

import { useEffect, useId, useRef } from "react";
import { useMessages } from "../../i18n";
import { TextInput } from "../../shared";
import { Agreement } from "./Agreement";
import { Fingerprint } from "./CertificateCard";
import { ChoiceField, type FormPart } from "./FormFields";
import { bareFingerprint, type FieldName, isFingerprint } from "./form";

/** The fields that stand in the advanced part: an error in one of them opens it. */
export const advancedFields: readonly FieldName[] = ["caPath", "fingerprint", "proxyUrl", "pollSeconds", "zone"];

/** Where the platform stands is, more often than not, where its administrator sits. */
const ownZone = Intl.DateTimeFormat().resolvedOptions().timeZone;
const zones = [...new Set([ownZone, "UTC", ...Intl.supportedValuesOf("timeZone")])];

interface AdvancedFieldsProps extends FormPart {
  /** The person came to say the platform's zone: the focus starts there. */
  asksZone: boolean;
}

/** What most connections leave as it is. */
export function AdvancedFields({ form, change, errorOf, asksZone }: AdvancedFieldsProps) {
  const { connections } = useMessages();
  return (
    <div className="advanced">
      <ChoiceField
        label={connections.login}
        value={form.login}
        options={(["automatic", "token", "basic"] as const).map((value) => ({
          value,
          label: connections.logins[value],
        }))}
        hint={connections.loginHelp[form.login]}
        testId="connection-login"
        onChange={(login) => change({ login })}
      />
      <CertificateFields form={form} change={change} errorOf={errorOf} />
      <ChoiceField
        label={connections.proxy}
        value={form.proxy}
        options={(["none", "system", "given"] as const).map((value) => ({ value, label: connections.proxies[value] }))}
        hint={connections.proxyHelp[form.proxy]}
        testId="connection-proxy"
        onChange={(proxy) => change({ proxy })}
      >
        {form.proxy === "given" && (
          <TextInput
            label={connections.proxyUrl}
            placeholder="http://proxy.example.co.jp:8080"
            value={form.proxyUrl}
            onChange={(proxyUrl) => change({ proxyUrl })}
            error={errorOf("proxyUrl")}
            testId="connection-proxy-url"
          />
        )}
      </ChoiceField>
      <div className="field-pair">
        <TextInput
          label={connections.pollSeconds}
          value={form.pollSeconds}
          onChange={(pollSeconds) => change({ pollSeconds })}
          error={errorOf("pollSeconds")}
          hint={connections.pollHint}
          inputMode="numeric"
          testId="connection-poll-seconds"
        />
        <ZoneField form={form} change={change} errorOf={errorOf} hasFocus={asksZone} />
      </div>
    </div>
  );
}

/** The platform's zone by name; empty lets the answers decide. This workstation's own zone is offered first. */
function ZoneField({ form, change, errorOf, hasFocus }: FormPart & { hasFocus: boolean }) {
  const { connections } = useMessages();
  const list = useId();
  const input = useRef<HTMLInputElement>(null);

  useEffect(() => {
    if (!hasFocus) return;
    input.current?.focus();
    input.current?.scrollIntoView?.({ block: "center" });
  }, [hasFocus]);

  return (
    <div>
      <TextInput
        ref={input}
        label={connections.zone}
        placeholder={connections.zoneAutomatic}
        value={form.zone}
        onChange={(zone) => change({ zone })}
        error={errorOf("zone")}
        hint={connections.zoneHint}
        list={list}
        testId="connection-zone"
      />
      {form.zone.trim() !== ownZone && (
        <button
          type="button"
          className="link small"
          data-testid="connection-own-zone"
          onClick={() => change({ zone: ownZone })}
        >
          {connections.zoneOwn(ownZone)}
        </button>
      )}
      <datalist id={list}>
        {zones.map((zone) => (
          <option key={zone} value={zone} />
        ))}
      </datalist>
    </div>
  );
}

function CertificateFields({ form, change, errorOf }: FormPart) {
  const { connections } = useMessages();
  return (
    <ChoiceField
      label={connections.certificate}
      value={form.certificate}
      options={(["system", "ca_file", "pinned"] as const).map((value) => ({
        value,
        label: connections.certificates[value],
      }))}
      hint={connections.certificateHelp[form.certificate]}
      testId="connection-certificate"
      onChange={(certificate) => change({ certificate })}
    >
      {form.certificate === "ca_file" && (
        <TextInput
          label={connections.caPath}
          placeholder="/etc/ssl/certs/site-ca.pem"
          value={form.caPath}
          onChange={(caPath) => change({ caPath })}
          error={errorOf("caPath")}
          testId="connection-ca-path"
        />
      )}
      {form.certificate === "pinned" && (
        <>
          <TextInput
            label={connections.fingerprint}
            value={form.fingerprint}
            onChange={(fingerprint) => change({ fingerprint, leaf: null })}
            error={errorOf("fingerprint")}
            hint={isFingerprint(form.fingerprint) && <Fingerprint sha256={bareFingerprint(form.fingerprint)} />}
            testId="connection-fingerprint"
          />
          <Agreement
            text={connections.acceptExpired}
            isGiven={form.acceptExpired}
            testId="connection-accept-expired"
            onChange={(acceptExpired) => change({ acceptExpired })}
          />
        </>
      )}
    </ChoiceField>
  );
}

import type { CertificateFacts } from "../../generated/CertificateFacts";
import type { CertificatePolicy } from "../../generated/CertificatePolicy";
import type { Connection } from "../../generated/Connection";
import type { ConnectionDraft } from "../../generated/ConnectionDraft";
import type { Environment } from "../../generated/Environment";
import type { LoginWay } from "../../generated/LoginWay";
import type { PinnedLeaf } from "../../generated/PinnedLeaf";
import type { ProxyPolicy } from "../../generated/ProxyPolicy";
import type { SecretPlace } from "../../generated/SecretPlace";

/** The form as typed: every field keeps what was entered, also while another choice hides it. */
export interface FormState {
  name: string;
  address: string;
  /** The password may travel readable to this address. */
  acceptsPlain: boolean;
  /** Null until chosen: nobody should get an environment by accident. */
  environment: Environment | null;
  user: string;
  password: string;
  secretPlace: SecretPlace;
  login: LoginWay;
  certificate: CertificatePolicy["kind"];
  caPath: string;
  fingerprint: string;
  acceptExpired: boolean;
  /** What the certificate with that fingerprint said of itself; null where only the fingerprint was typed. */
  leaf: PinnedLeaf | null;
  proxy: ProxyPolicy["kind"];
  proxyUrl: string;
  pollSeconds: string;
  /** Empty: automatic. */
  zone: string;
}

export function initialForm(connection: Connection | null, hasKeyring: boolean): FormState {
  const { certificate, proxy, zone } = connection ?? {};
  return {
    name: connection?.name ?? "",
    address: connection?.address ?? "",
    acceptsPlain: false,
    environment: connection?.environment ?? null,
    user: connection?.user ?? "",
    password: "",
    secretPlace: connection?.secret_place ?? (hasKeyring ? "keyring" : "session"),
    login: connection?.login ?? "automatic",
    certificate: certificate?.kind ?? "system",
    caPath: certificate?.kind === "ca_file" ? certificate.path : "",
    fingerprint: certificate?.kind === "pinned" ? groupedFingerprint(certificate.sha256) : "",
    acceptExpired: certificate?.kind === "pinned" && certificate.accept_expired,
    leaf: certificate?.kind === "pinned" ? certificate.leaf : null,
    proxy: proxy?.kind ?? "none",
    proxyUrl: proxy?.kind === "given" ? proxy.url : "",
    pollSeconds: connection?.poll_seconds?.toString() ?? "",
    zone: zone?.kind === "zone" ? zone.name : "",
  };
}

/** What is remembered of a certificate when it is pinned, so that the next one can be held against it. */
export function leafOf({ subject, issuer, not_before, not_after }: CertificateFacts): PinnedLeaf {
  return { subject, issuer, not_before, not_after };
}

/** `9F86 D081 …`: as people read it to each other. */
export function groupedFingerprint(sha256: string): string {
  return (
    sha256
      .toUpperCase()
      .match(/.{1,4}/g)
      ?.join(" ") ?? ""
  );
}

/** Lower-case digits without the separators people paste. */
export function bareFingerprint(typed: string): string {
  return typed.replace(/[\s:-]/g, "").toLowerCase();
}

export function isFingerprint(typed: string): boolean {
  return /^[0-9a-f]{64}$/.test(bareFingerprint(typed));
}

export type FieldName =
  | "name"
  | "address"
  | "environment"
  | "user"
  | "password"
  | "plain"
  | "caPath"
  | "fingerprint"
  | "proxyUrl"
  | "pollSeconds"
  | "zone";

/** Why a field cannot be saved, as a key of the catalogue. */
export type FieldError =
  | "nameEmpty"
  | "nameTaken"
  | "environment"
  | "userEmpty"
  | "userColon"
  | "passwordEmpty"
  | "passwordLine"
  | "passwordTooLong"
  | "passwordOrigin"
  | "caPath"
  | "fingerprint"
  | "proxy"
  | "plain"
  | "poll"
  | "zone"
  | "address";

export type FieldErrors = Partial<Record<FieldName, FieldError>>;

interface Surroundings {
  connection: Connection | null;
  /** Names of the other connections. */
  takenNames: readonly string[];
  /** The origin that the address was cut to; null while it is not usable. */
  origin: string | null;
  /** Plain http to another machine. */
  isPlain: boolean;
}

/** What has to be put right before saving. Rust decides in the end; this only saves a round. */
export function validate(form: FormState, { connection, takenNames, origin, isPlain }: Surroundings): FieldErrors {
  const errors: FieldErrors = {};
  const name = form.name.trim();
  if (name === "") errors.name = "nameEmpty";
  else if (takenNames.includes(name)) errors.name = "nameTaken";
  if (origin === null) errors.address = "address";
  // Once for each address: whoever saved it has been told.
  if (isPlain && !form.acceptsPlain && origin !== connection?.address) errors.plain = "plain";
  if (form.environment === null) errors.environment = "environment";
  if (form.user.trim() === "") errors.user = "userEmpty";
  else if (form.user.includes(":")) errors.user = "userColon";
  const password = passwordError(form, connection, origin);
  if (password) errors.password = password;
  if (form.certificate === "ca_file" && !/^(\/|[A-Za-z]:[\\/]|\\\\)./.test(form.caPath.trim()))
    errors.caPath = "caPath";
  if (form.certificate === "pinned" && !isFingerprint(form.fingerprint)) errors.fingerprint = "fingerprint";
  if (form.proxy === "given" && !/^https?:\/\/[^\s/@]+$/.test(form.proxyUrl.trim())) errors.proxyUrl = "proxy";
  if (form.pollSeconds.trim() !== "" && pollSeconds(form) === null) errors.pollSeconds = "poll";
  if (form.zone !== "" && !isZone(form.zone)) errors.zone = "zone";
  return errors;
}

/** UTF-16 units that a keyring takes: what Windows keeps under one entry. */
const longestKept = 1280;

const lineBreakOrNul = /[\r\n\0]/;

/** Whether what is pasted is more than one line: a field would drop the line breaks, and hold another password. */
export function isSeveralLines(pasted: string): boolean {
  return /[\r\n]/.test(pasted.trimEnd());
}

function passwordError(form: FormState, connection: Connection | null, origin: string | null): FieldError | null {
  if (lineBreakOrNul.test(form.password)) return "passwordLine";
  if (form.secretPlace === "keyring" && form.password.length > longestKept) return "passwordTooLong";
  if (form.secretPlace === "ask" || form.password !== "") return null;
  if (!connection) return "passwordEmpty";
  // A password belongs to an origin: it is not sent to another one because the address was edited.
  if (origin !== null && origin !== connection.address) return "passwordOrigin";
  return connection.secret_place === "ask" ? "passwordEmpty" : null;
}

function pollSeconds({ pollSeconds: typed }: FormState): number | null {
  const seconds = Number(typed.normalize("NFKC").trim());
  return typed.trim() !== "" && Number.isInteger(seconds) && seconds >= 5 && seconds <= 300 ? seconds : null;
}

function isZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name.trim() }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
}

/** What is sent. An environment that was not chosen yet is treated with the most care. */
export function toDraft(form: FormState, connection: Connection | null): ConnectionDraft {
  return {
    id: connection?.id ?? null,
    name: form.name.trim(),
    address: form.address.trim(),
    environment: form.environment ?? "production",
    user: form.user.trim(),
    secret_place: form.secretPlace,
    login: form.login,
    certificate: certificatePolicy(form),
    proxy: form.proxy === "given" ? { kind: "given", url: form.proxyUrl.trim() } : { kind: form.proxy },
    poll_seconds: pollSeconds(form),
    zone: form.zone.trim() === "" ? { kind: "automatic" } : { kind: "zone", name: form.zone.trim() },
  };
}

function certificatePolicy(form: FormState): CertificatePolicy {
  switch (form.certificate) {
    case "system":
      return { kind: "system" };
    case "ca_file":
      return { kind: "ca_file", path: form.caPath.trim() };
    case "pinned":
      return {
        kind: "pinned",
        sha256: bareFingerprint(form.fingerprint),
        accept_expired: form.acceptExpired,
        leaf: form.leaf,
      };
  }
}

/** A saved connection as a draft, for changing one thing of it. */
export function draftOf(connection: Connection): ConnectionDraft {
  return toDraft(initialForm(connection, true), connection);
}

import type { Language } from "../../generated/Language";
import type { Problem } from "../../generated/Problem";
import type { ProblemCode } from "../../generated/ProblemCode";
import { problemsEn } from "./problems.en";
import { problemsJa } from "./problems.ja";
import { reasonsEn } from "./reasons.en";
import { reasonsJa } from "./reasons.ja";
import type { ProblemText, ProblemTexts, Reason, ReasonTexts } from "./types";

export type { ProblemText } from "./types";

/**
 * How a problem is shown: `info` refuses kindly, `warning` asks for attention, `error` is broken,
 * `unknown` means that the truth is not known (never to be read as zero or off).
 */
export type Severity = "info" | "warning" | "error" | "unknown";

const texts: Readonly<Record<Language, ProblemTexts>> = { ja: problemsJa, en: problemsEn };

const reasons: Readonly<Record<Language, ReasonTexts>> = { ja: reasonsJa, en: reasonsEn };

const severities: Readonly<Record<ProblemCode, Severity>> = {
  address_invalid: "info",
  name_not_resolved: "unknown",
  connection_refused: "unknown",
  unreachable: "unknown",
  timed_out: "unknown",
  cancelled: "info",
  certificate_untrusted: "error",
  certificate_changed: "error",
  tls_failed: "error",
  plain_http: "warning",
  wrong_site: "error",
  redirected: "error",
  not_the_api: "error",
  login_refused: "error",
  password_needed: "info",
  platform_error: "unknown",
  gateway_error: "unknown",
  too_many_requests: "warning",
  refused_by_platform: "error",
  refused_read_only: "info",
  error_in_disguise: "unknown",
  incomplete_answer: "unknown",
  unreadable_answer: "unknown",
  answer_too_large: "unknown",
  count_mismatch: "warning",
  clocks_differ: "warning",
  zone_contradicted: "warning",
  flag_missing: "unknown",
  keyring_unavailable: "warning",
  keyring_locked: "warning",
  keyring_timed_out: "warning",
  secret_too_long: "info",
  lock_closed: "info",
  confirmation_needed: "info",
  outcome_unknown: "unknown",
  switch_without_effect: "error",
  switch_in_progress: "info",
  driven_elsewhere: "info",
  procedure_under_way: "warning",
  other_program_silent: "warning",
  settings_damaged: "warning",
  settings_newer: "warning",
  file_not_written: "error",
  import_refused: "error",
  nothing_to_export: "info",
  no_procedure: "info",
  not_connected: "info",
  bad_argument: "error",
  internal: "error",
};

export function severityOf(code: ProblemCode): Severity {
  return severities[code];
}

export function problemText(code: ProblemCode, language: Language): ProblemText {
  return texts[language][code];
}

function isReason(word: string): word is Reason {
  return Object.hasOwn(reasonsJa, word);
}

/** The one reason of these codes that has words; any other is the text of a platform or a library. */
const closer: Partial<Record<ProblemCode, Reason>> = { login_refused: "password_colon", tls_failed: "tls_version" };

function reasonOf({ code, facts }: Problem): string {
  const reason = facts.reason ?? "";
  if (code === "bad_argument") return reason.split(/[: ]/, 1)[0] ?? "";
  return reason === closer[code] ? reason : "";
}

/** As `problemText`, in words about the reason where there are some. */
export function problemWords(problem: Problem, language: Language): ProblemText {
  const text = problemText(problem.code, language);
  const reason = reasonOf(problem);
  return isReason(reason) ? { ...text, ...reasons[language][reason] } : text;
}

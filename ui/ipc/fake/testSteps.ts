import type { CertificateFacts } from "../../generated/CertificateFacts";
import type { PinnedLeaf } from "../../generated/PinnedLeaf";
import type { Problem } from "../../generated/Problem";
import type { StepResult } from "../../generated/StepResult";
import type { TestStep } from "../../generated/TestStep";
import type { ZoneBasis } from "../../generated/ZoneBasis";
import { testSteps } from "../contract";
import { problem } from "../problem";

const DAY = 86_400_000;

const notes: Partial<Record<TestStep, string>> = {
  address: "https://ita-admin.example.co.jp",
  name_resolution: "192.0.2.17, 2001:db8::17",
  login: "token",
  read_jobs: "3",
  clock: "1",
};

export const otherPin = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

/** What the certificate behind it said of itself. */
export const pinnedLeaf: PinnedLeaf = {
  subject: "CN=ita-admin.example.co.jp,O=Example",
  issuer: "CN=ita-admin.example.co.jp,O=Example",
  not_before: Date.UTC(2025, 10, 1),
  not_after: Date.UTC(2026, 10, 30, 23, 59, 59),
};

/** A certificate that signed itself. */
export function selfSigned(change: Partial<CertificateFacts> = {}): CertificateFacts {
  return {
    sha256: "2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae",
    subject: "CN=ita-admin.example.co.jp,O=Example",
    issuer: "CN=ita-admin.example.co.jp,O=Example",
    not_before: Date.now() - 30 * DAY,
    not_after: Date.now() + 335 * DAY,
    objection: "UnknownIssuer",
    ...change,
  };
}

/** All steps passed, up to one that failed. */
export function testReport(failed?: {
  step: TestStep;
  problem: Problem;
  certificate?: CertificateFacts;
}): StepResult[] {
  const end = failed ? testSteps.indexOf(failed.step) : testSteps.length;
  return testSteps.map((step, index): StepResult => {
    const empty = { test: 0, step, note: null, certificate: null, zone: null };
    if (failed && index === end)
      return { ...empty, certificate: failed.certificate ?? null, outcome: "failed", problem: failed.problem };
    if (index > end) return { ...empty, outcome: "skipped" };
    const zone: ZoneBasis | null = step === "clock" ? { basis: "bounded", at_least_minutes: 540 } : null;
    return { ...empty, note: notes[step] ?? null, zone, outcome: "passed" };
  });
}

/** What a browser may ask the test to answer by `?test=…`. */
export function testReportNamed(name: string | null): StepResult[] {
  switch (name) {
    case "untrusted":
      return untrusted(selfSigned());
    case "expired":
      return untrusted(selfSigned({ not_after: Date.now() - DAY, objection: "Expired" }));
    case "changed":
      return testReport({
        step: "tls",
        problem: problem("certificate_changed", {
          certificate: selfSigned(),
          expected_sha256: otherPin,
          expected_leaf: pinnedLeaf,
        }),
        certificate: selfSigned(),
      });
    case "refused":
      return testReport({
        step: "login",
        problem: problem("login_refused", {
          method: "POST",
          path: "/auth/realms/master/protocol/openid-connect/token",
          status: 401,
          platform_result: "invalid_grant",
        }),
      });
    default:
      return testReport();
  }
}

function untrusted(certificate: CertificateFacts): StepResult[] {
  return testReport({ step: "tls", problem: problem("certificate_untrusted", { certificate }), certificate });
}

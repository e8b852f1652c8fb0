import type { Problem } from "../generated/Problem";
import type { ProblemCode } from "../generated/ProblemCode";
import type { ProblemFacts } from "../generated/ProblemFacts";

export const noFacts: ProblemFacts = {
  method: null,
  path: null,
  status: null,
  attempts: null,
  elapsed_ms: null,
  platform_result: null,
  platform_message: null,
  platform_time: null,
  location: null,
  retry_after_seconds: null,
  limit: null,
  actual: null,
  reason: null,
  certificate: null,
  expected_sha256: null,
  expected_leaf: null,
  under_way: null,
};

export function problem(code: ProblemCode, facts: Partial<ProblemFacts> = {}): Problem {
  return { code, facts: { ...noFacts, ...facts } };
}

/** What a rejected call carried. Anything that is not a `Problem` is a defect of ours and says so. */
export function toProblem(rejection: unknown): Problem {
  if (isProblem(rejection)) return rejection;
  return problem("internal", { reason: rejection instanceof Error ? rejection.message : String(rejection) });
}

function isProblem(value: unknown): value is Problem {
  return (
    typeof value === "object" &&
    value !== null &&
    typeof (value as Partial<Problem>).code === "string" &&
    typeof (value as Partial<Problem>).facts === "object"
  );
}

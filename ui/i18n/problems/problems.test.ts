import { describe, expect, test } from "vitest";
import type { ProblemCode } from "../../generated/ProblemCode";
import generated from "../../generated/ProblemCode.ts?raw";
import { problemText, severityOf } from ".";

/** The codes as Rust exports them: TypeScript checks the catalogue, this checks that nothing went around TypeScript. */
const codes = [...generated.matchAll(/"([a-z_]+)"/g)].map((match) => match[1] as ProblemCode);

describe("the problem catalogue", () => {
  test("knows the generated codes", () => {
    expect(codes.length, "the pattern finds codes in the generated file").toBeGreaterThan(30);
  });

  test.each(codes)("says what %s is, means and asks for, in both languages", (code) => {
    expect(severityOf(code), "every code has a severity").toMatch(/^(info|warning|error|unknown)$/);
    for (const language of ["ja", "en"] as const) {
      const { title, meaning, action } = problemText(code, language);
      for (const sentence of [title, meaning, action]) {
        expect(sentence, `${language} speaks in whole sentences`).toMatch(language === "ja" ? /。$/ : /\.$/);
      }
    }
  });
});

import { describe, expect, test } from "vitest";
import type { ProblemCode } from "../../generated/ProblemCode";
import generated from "../../generated/ProblemCode.ts?raw";
import { problem } from "../../ipc";
import { problemText, problemWords, severityOf } from ".";
import { reasonsJa } from "./reasons.ja";

/** The codes as Rust exports them: TypeScript checks the catalogue, this checks that nothing went around TypeScript. */
const codes = [...generated.matchAll(/"([a-z_]+)"/g)].map((match) => match[1] as ProblemCode);

/** The core as it is written, without its tests. */
const sources: Record<string, string> = import.meta.glob(
  ["../../../src-tauri/crates/core/src/**/*.rs", "!**/tests.rs", "!**/tests/**"],
  { query: "?raw", import: "default", eager: true },
);
const givesReason = [
  /TlsFailed, "([\w.]+)/g,
  /BadArgument, (?:format!\()?"([\w.]+)/g,
  /\bbad\("([\w.]+)"\)/g,
  /\bcheck_text\(&[\w.]+, "(\w+)"\)/g,
];
const reasons = Object.values(sources).flatMap((source) =>
  givesReason.flatMap((pattern) => [...source.matchAll(pattern)].map((match) => match[1] ?? "")),
);

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

describe("a value that cannot be used", () => {
  test("is one that the core names, no more and no less", () => {
    expect([...new Set(reasons)].sort()).toEqual(Object.keys(reasonsJa).sort());
  });

  test.each([...new Set(reasons)])("is told in its own words: %s", (reason) => {
    for (const language of ["ja", "en"] as const) {
      const words = problemWords(problem("bad_argument", { reason: `${reason}: as it was typed` }), language);
      const plain = problemText("bad_argument", language);
      expect(words.title).toBe(plain.title);
      expect(words.meaning).not.toBe(plain.meaning);
      for (const sentence of [words.meaning, words.action]) {
        expect(sentence).toMatch(language === "ja" ? /。$/ : /\.$/);
      }
    }
  });

  test.each([
    ["login_refused", "password_colon"],
    ["tls_failed", "tls_version"],
  ] as const)("%s is told by its cause where that is %s, and never by the words of a server", (code, reason) => {
    const plain = problemText(code, "ja");
    expect(problemWords(problem(code, { reason }), "ja")).toEqual({ ...plain, ...reasonsJa[reason] });
    expect(problemWords(problem(code, { reason: "user" }), "ja")).toEqual(plain);
  });

  test("that the core does not name still says that nothing was done", () => {
    const unnamed = problem("bad_argument", { reason: "constructor" });
    expect(problemWords(unnamed, "en")).toEqual(problemText("bad_argument", "en"));
  });
});

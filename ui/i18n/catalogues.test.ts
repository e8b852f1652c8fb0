import { describe, expect, test } from "vitest";
import { en } from "./en";
import { createFormat } from "./format";
import { ja } from "./ja";

function keys(value: unknown, path = ""): string[] {
  if (typeof value === "function") return [`${path}(${value.length})`];
  if (typeof value !== "object" || value === null) return [path];
  return Object.entries(value).flatMap(([key, inner]) => keys(inner, `${path}.${key}`));
}

describe("the catalogues", () => {
  test("have the same keys, taking as many arguments, in both languages", () => {
    expect(keys(en), "a text is missing in one language").toEqual(keys(ja));
  });

  test("leave no Japanese in English texts and nothing empty", () => {
    const texts = (value: unknown): string[] =>
      typeof value === "string"
        ? [value]
        : typeof value === "object" && value
          ? Object.values(value).flatMap(texts)
          : [];
    for (const text of [...texts(ja), ...texts(en)]) expect(text.trim(), "an empty text").not.toBe("");
    const { languageJapanese: _own, ...settings } = en.settings as Record<string, unknown>;
    for (const text of texts({ ...en, settings })) expect(text).not.toMatch(/[぀-ヿ一-鿿]/);
  });
});

describe("ages", () => {
  const ja = createFormat("ja");
  const en = createFormat("en");

  test.each([
    [0, "0 秒前", "0 sec ago"],
    [3_000, "3 秒前", "3 sec ago"],
    [59_999, "59 秒前", "59 sec ago"],
    [60_000, "1 分前", "1 min ago"],
    [3 * 3_600_000, "3 時間前", "3 hr ago"],
    [72 * 3_600_000, "3 日前", "3 days ago"],
  ])("%d ms reads %s / %s", (span, japanese, english) => {
    expect(ja.age(span)).toBe(japanese);
    expect(en.age(span)).toBe(english);
  });

  test("are never negative, whatever the clocks say", () => {
    expect(ja.age(-5_000), "a clock ahead of ours").toBe("0 秒前");
  });
});

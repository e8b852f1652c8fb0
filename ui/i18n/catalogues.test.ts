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

const zoned = { ja: createFormat("ja", "Asia/Tokyo"), en: createFormat("en", "Asia/Tokyo") };

describe("dates", () => {
  const at = Date.UTC(2026, 3, 3, 22, 10, 29);

  test("name the month in English, so that no day can be read as another", () => {
    expect(zoned.ja.dateTime(at)).toBe("04/04 07:10:29");
    expect(zoned.en.dateTime(at)).toBe("4 Apr 07:10:29");
    expect(zoned.ja.fullTime(at)).toMatch(/^2026\/04\/04 07:10:29 /);
    expect(zoned.en.fullTime(at)).toMatch(/^4 Apr 2026 07:10:29 /);
  });

  test("of a label whose zone is not known look the same, in no zone", () => {
    expect(zoned.ja.labelled("2026-04-03T22:10:29.123456Z")).toBe("04/03 22:10:29");
    expect(zoned.en.labelled("2026-04-03 22:10:29")).toBe("3 Apr 22:10:29");
    for (const odd of ["2026-13-03T22:10:29Z", "soon"]) expect(zoned.en.labelled(odd)).toBe(odd);
  });
});

describe("ages", () => {
  const { ja, en } = zoned;

  test.each([
    [0, "0 秒前", "0 s ago"],
    [3_000, "3 秒前", "3 s ago"],
    [59_999, "59 秒前", "59 s ago"],
    [60_000, "1 分前", "1 min ago"],
    [3 * 3_600_000, "3 時間前", "3 h ago"],
    [72 * 3_600_000, "3 日前", "3 d ago"],
  ])("%d ms reads %s / %s", (span, japanese, english) => {
    expect(ja.age(span)).toBe(japanese);
    expect(en.age(span)).toBe(english);
  });

  test("are never negative, whatever the clocks say", () => {
    expect(ja.age(-5_000), "a clock ahead of ours").toBe("0 秒前");
  });
});

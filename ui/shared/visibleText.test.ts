import { describe, expect, test } from "vitest";
import { shownText, titleText, visibleText } from ".";

describe("text of unknown origin", () => {
  test("shows control characters by their code points", () => {
    expect(visibleText("a\u0000b\nc\u007f"), "nothing invisible is left").toBe("a⟨U+0000⟩b⟨U+000A⟩c⟨U+007F⟩");
  });

  test("shows what turns the direction by its code point", () => {
    expect(visibleText("safe\u202Egpj.exe"), "an override cannot disguise a name").toBe("safe⟨U+202E⟩gpj.exe");
    expect(visibleText("\u2066x\u2069\u200f")).toBe("⟨U+2066⟩x⟨U+2069⟩⟨U+200F⟩");
  });

  test("leaves ordinary names as they are", () => {
    for (const name of ["本番バッチ", "ａｂｃ", "équipe", "👩‍💻 ops"]) expect(visibleText(name)).toBe(name);
  });

  test("shows lone surrogates instead of dropping them", () => {
    expect(visibleText("x\ud800y")).toBe("x⟨U+D800⟩y");
  });

  test("is cut for a cell and for a tooltip, between characters", () => {
    const long = "😀".repeat(5000);
    expect(shownText(long).length).toBeLessThan(300);
    expect(titleText(long).length).toBeLessThan(2100);
    expect(shownText(`${"x".repeat(239)}😀z`), "no half of a pair is left").toBe(`${"x".repeat(239)}…`);
  });
});

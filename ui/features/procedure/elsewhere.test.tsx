import { screen } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import { openApp } from "../../testing/app";
import { violations } from "../../testing/axe";

test.each([
  ["ja", "この接続の手順は、itamctl で進められています。", "この画面で引き継ぐ"],
  ["en", "The procedure of this connection is driven with itamctl.", "Take over here"],
])(
  "what itamctl drives is shown and cannot be begun beside it; it is taken over on purpose (%s)",
  async (lang, title, button) => {
    const { backend, user } = await openApp(`state=procedure-elsewhere&lang=${lang}`);
    expect(screen.getByTestId("procedure-elsewhere").textContent).toContain(title);
    expect(screen.queryByTestId("procedure-start")).toBeNull();
    expect(await violations()).toEqual([]);
    await user.click(screen.getByRole("button", { name: button }));
    await vi.waitFor(() => expect(backend.live.procedure?.phase).toBe("draining"));
    expect(screen.queryByTestId("procedure-elsewhere")).toBeNull();
  },
);

test.each([
  ["ja", "別のアドレスで進行中です。", "に戻してください。"],
  ["en", "is under way on another address.", "set the address of this connection back to"],
])(
  "what was begun at another address is told with the way back, and can neither be begun nor taken over (%s)",
  async (lang, title, way) => {
    await openApp(`state=procedure-other-address&lang=${lang}`);
    const note = screen.getByTestId("procedure-elsewhere");
    expect(note.textContent).toContain(title);
    expect(note.textContent).toContain("https://ita-old.example.co.jp:81");
    expect(note.textContent).toContain(way);
    expect(screen.queryByTestId("procedure-take-over")).toBeNull();
    expect(screen.queryByTestId("procedure-start")).toBeNull();
    expect(await violations()).toEqual([]);
  },
);

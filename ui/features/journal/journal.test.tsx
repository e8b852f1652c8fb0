import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, test } from "vitest";
import type { ProcedureChoice } from "../../generated/ProcedureChoice";
import { en } from "../../i18n/en";
import { ja } from "../../i18n/ja";
import type { FakeBackend } from "../../ipc/fake";
import { openApp } from "../../testing/app";
import { violations } from "../../testing/axe";

function anEvening(backend: FakeBackend): void {
  backend.journal = [];
  backend.record({ event: "connected", user: "admin", address: "https://ita.example" });
  backend.record({ event: "phase", phase: "draining" });
  backend.record({ event: "observed_change", mode: "job_stop", on: false, suspect: false });
  for (let row = 0; row < 250; row++) backend.record({ event: "exported", rows: row, path: `/tmp/list-${row}.csv` });
}

describe("the journal", () => {
  test.each(["ja", "en"])("unfolds to the whole of it, by kind and by text (%s)", async (lang) => {
    const { user } = await openApp(`state=production&lang=${lang}`, anEvening);
    const journal = screen.getByTestId("journal");
    await user.click(screen.getByTestId("journal-toggle"));
    // By role hundreds of lines take seconds to find.
    const lines = () => journal.querySelectorAll("li").length;
    await waitFor(() => expect(lines(), "a page, and the button for the next").toBe(200 + 1));
    expect(await violations()).toEqual([]);

    await user.type(screen.getByTestId("journal-filter"), "LIST-249");
    expect(within(journal).getByText(/list-249\.csv/)).toBeTruthy();
    expect(within(journal).queryByText(/list-248\.csv/)).toBeNull();
    await user.clear(screen.getByTestId("journal-filter"));

    await user.click(screen.getByTestId("journal-change"));
    await waitFor(() => expect(lines(), "found although it is among the oldest").toBe(1));
    await user.click(screen.getByTestId("journal-switch"));
    await waitFor(() => expect(lines()).toBe(0));
  });

  test("a text that the newest lines do not hold is looked for in older ones when asked", async () => {
    const { user } = await openApp("state=production&lang=ja", anEvening);
    await user.click(screen.getByTestId("journal-toggle"));
    await user.type(screen.getByTestId("journal-filter"), "admin で接続");
    const more = await screen.findByTestId("journal-more");
    expect(screen.getByTestId("journal").textContent).toContain("新しい 200 件を調べました");
    await user.click(more);
    expect(await screen.findByText(/https:\/\/ita\.example に admin で接続/)).toBeTruthy();
    expect(screen.getByTestId("journal").textContent).not.toContain("当てはまる記録はありません");
  });

  test("of another exercise stays out of the strip, and below a line in the book", async () => {
    const { user } = await openApp("state=practice&lang=ja", (backend) => {
      backend.journal = [];
      backend.record({ event: "connected", user: "admin", address: "http://127.0.0.1:1" });
      backend.record({ event: "phase", phase: "aborted" });
      backend.record({ event: "connected", user: "admin", address: backend.live.connection?.address ?? "" });
      backend.journal = backend.journal.map((entry, place) => ({ ...entry, at: entry.at - place * 1000 }));
    });
    const journal = within(screen.getByTestId("journal"));
    expect(await journal.findAllByRole("listitem"), "only what happened since this exercise began").toHaveLength(1);
    await user.click(screen.getByTestId("journal-toggle"));
    await journal.findByText("ここから下は、前の練習の記録です");
    const lines = journal.getAllByRole("listitem").map((line) => line.textContent);
    expect(lines[1]).toBe("ここから下は、前の練習の記録です");
    expect(lines[2]).toContain("手順：中止");
  });

  test("says what was chosen in a procedure", async () => {
    const at = new Date(2026, 10, 26, 4, 30).getTime();
    const { user } = await openApp("state=production&lang=ja", (backend) => {
      backend.journal = [];
      const choices: ProcedureChoice[] = [
        { kind: "waived", container: "ita-by-new" },
        { kind: "services_restarted", done: true },
        { kind: "settle_minutes", minutes: 30 },
        { kind: "planned_end", at },
        { kind: "give_up_at", at: null },
      ];
      for (const choice of choices) backend.record({ event: "chosen", choice });
    });
    await user.click(screen.getByTestId("journal-toggle"));
    await user.click(screen.getByTestId("journal-procedure"));
    for (const sentence of [
      "手順：ita-by-new を待つ対象から除外",
      "手順：サービスの再起動（またはレプリカ数 0）を申告",
      "手順：静止待ち時間を 30 分に変更",
      /手順：終了予定を 11\/26 4:30:00 に変更|手順：終了予定を .*4:30.* に変更/,
      "手順：待つ期限を なし に変更",
    ])
      expect(await screen.findByText(sentence)).toBeTruthy();
  });

  test("shows older lines when asked", async () => {
    const { user } = await openApp("state=production&lang=ja", anEvening);
    await user.click(screen.getByTestId("journal-toggle"));
    await user.click(await screen.findByTestId("journal-more"));
    expect(await screen.findByText(/https:\/\/ita\.example に admin で接続/)).toBeTruthy();
    expect(screen.queryByTestId("journal-more"), "that is all").toBeNull();
  });
});

test.each([ja, en])("a switch and what came of it differ where the strip cuts them last", ({ journal }) => {
  const lines = [
    journal.switchRequested("M", true),
    ...Object.values(journal.switched).map((sentence) => sentence("M", true)),
  ];
  expect(new Set(lines.map((line) => line.split("M")[0])).size).toBe(lines.length);
});

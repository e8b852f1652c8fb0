import { screen } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import type { ProcedureNotice } from "../../generated/ProcedureNotice";
import { renderWith } from "../../testing/render";
import { ProcedureNoticeAlert } from "./ProcedureNoticeAlert";

const at = 1_000_000;
/** One of each kind: a new one that is missing here does not compile. */
const every: { [Kind in ProcedureNotice["kind"]]: Extract<ProcedureNotice, { kind: Kind }> } = {
  changed_elsewhere: { kind: "changed_elsewhere", mode: "job_stop", on: false, at },
  automation_stopped: { kind: "automation_stopped", why: "changed_elsewhere", at },
  start_cancelled: { kind: "start_cancelled", why: "resumed", at },
  not_confirmed: { kind: "not_confirmed", mode: "read_only", on: true, at },
  rereading: { kind: "rereading", at },
  platform_back: { kind: "platform_back", at },
  permission_kept: { kind: "permission_kept" },
  count_may_no_longer_fall: { kind: "count_may_no_longer_fall", since: at },
  new_after_stop: { kind: "new_after_stop", stopped_at: 0 },
  drained: { kind: "drained", at },
  quiet: { kind: "quiet", since: 0 },
  gave_up: { kind: "gave_up", at, holding: 1 },
  overdue: { kind: "overdue", planned_end: at, level: 3 },
  left_on: { kind: "left_on", mode: "read_only" },
};

test.each(Object.values(every))("$kind is a whole sentence with what to do, in both languages", async (news) => {
  const onDismiss = vi.fn();
  for (const language of ["ja", "en"] as const) {
    const alert = <ProcedureNoticeAlert news={news} time="22:10:29" onDismiss={onDismiss} />;
    const { unmount } = await renderWith(alert, undefined, language);
    const text = screen.getByTestId(`notice-procedure-${news.kind}`).textContent ?? "";
    const sentences = text.match(language === "ja" ? /[^。]+。/g : /[^.]+\./g) ?? [];
    expect(sentences.length, `what, and what to do: ${text}`).toBeGreaterThanOrEqual(2);
    expect(text, "and when").toContain("22:10:29");
    expect(text).not.toMatch(/undefined|null|_/);
    screen.getByRole("button").click();
    unmount();
  }
  expect(onDismiss).toHaveBeenCalledTimes(2);
});

test("a wait that ended says whether jobs were still running or zero was not proved", async () => {
  const title = async (holding: number | null) => {
    const news = { ...every.gave_up, holding };
    const { unmount } = await renderWith(
      <ProcedureNoticeAlert news={news} time="22:10:29" onDismiss={vi.fn()} />,
      undefined,
      "en",
    );
    const text = screen.getByTestId("notice-procedure-gave_up").textContent ?? "";
    unmount();
    return text;
  };
  expect(await title(2)).toContain("2 jobs were still running at the time limit.");
  for (const holding of [0, null])
    expect(await title(holding)).toContain("Zero could not be proved within the time limit.");
});

import { act, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import type { Banners } from "../../generated/Banners";
import type { Suspect } from "../../generated/Suspect";
import { problem } from "../../ipc";
import { FakeBackend, fakeFromQuery, productionConnection } from "../../ipc/fake";
import { doubted } from "../../state";
import { renderWith } from "../../testing/render";
import { BannerNow, BannerPreview } from ".";

function cells() {
  const figures = screen.getByTestId("banner-preview").querySelectorAll("figure");
  return [...figures].map(({ dataset }) => `${dataset.site}-${dataset.language}: ${dataset.banner}`);
}

test("four cells show what users see now, and after each switch", async () => {
  const backend = new FakeBackend();
  backend.world.flags = { job_stop: true, read_only: false };
  backend.open(productionConnection);
  await renderWith(<BannerPreview />, backend);
  const user = userEvent.setup();
  expect(cells()).toEqual(["ita-ja: job_stop", "ita-en: job_stop", "platform-ja: none", "platform-en: none"]);
  await user.click(screen.getByTestId("banner-after-read-only"));
  expect(cells()).toEqual([
    "ita-ja: read_only",
    "ita-en: read_only",
    "platform-ja: read_only",
    "platform-en: read_only",
  ]);
  expect(screen.getByText("Due to maintenance, you cannot create a workspace.").closest("[lang=en]")).toBeTruthy();
  await user.click(screen.getByTestId("banner-after-job-stop"));
  expect(cells()[0]).toBe("ita-ja: none");
});

test("what is not known is not shown as no banner", async () => {
  await renderWith(<BannerPreview />, new FakeBackend());
  expect(cells()).toContain("ita-ja: unknown");
  expect(screen.queryByText("バナーは出ません")).toBeNull();
});

test("an off that may be a lie is no promise that there is no banner", async () => {
  const backend = new FakeBackend();
  backend.open(productionConnection);
  await renderWith(<BannerPreview />, backend);
  expect(cells()[0]).toBe("ita-ja: none");
  act(() => backend.setLive({ suspect: { job_stop: null, read_only: backend.now() } }));
  expect(cells()).toEqual(["ita-ja: unknown", "ita-en: unknown", "platform-ja: unknown", "platform-en: unknown"]);
  expect(screen.queryByText("バナーは出ません")).toBeNull();
  await userEvent.click(screen.getByTestId("banner-after-read-only"));
  expect(cells()[0], "its switch would end the doubt").toBe("ita-ja: read_only");
});

const none: Banners = { ita: "none", platform: "none" };

test.each<[string, Banners, Partial<Suspect>, Banners]>([
  ["nothing doubtful", none, {}, none],
  [
    "job stop, which the platform's own screens do not know",
    none,
    { job_stop: 1 },
    { ita: "unknown", platform: "none" },
  ],
  [
    "read-only, which would win",
    { ita: "job_stop", platform: "none" },
    { read_only: 1 },
    { ita: "unknown", platform: "unknown" },
  ],
  [
    "job stop below read-only",
    { ita: "read_only", platform: "read_only" },
    { job_stop: 1 },
    { ita: "read_only", platform: "read_only" },
  ],
])("with %s the banners are no surer than the modes", (_name, banners, suspect, expected) => {
  expect(doubted(banners, "now", { job_stop: null, read_only: null, ...suspect })).toEqual(expected);
});

test("while a procedure runs, what users see now stays in sight", async () => {
  const backend = new FakeBackend();
  backend.world.flags = { job_stop: true, read_only: false };
  backend.open(productionConnection);
  await renderWith(<BannerNow />, backend);
  expect(screen.queryByTestId("banner-line"), "without a procedure the preview is in sight").toBeNull();
  const procedure = fakeFromQuery(new URLSearchParams("frozen&state=procedure-drain")).live.procedure;
  act(() => backend.setLive({ procedure }));
  expect(screen.getByTestId("banner-line").dataset.banner).toBe("job_stop");
  act(() => backend.setLive({ suspect: { job_stop: null, read_only: backend.now() } }));
  expect(screen.getByTestId("banner-line").dataset.banner).toBe("unknown");
});

test("the words say what the preview shows, also where the last value is old", async () => {
  const backend = new FakeBackend();
  backend.world.flags = { job_stop: true, read_only: true };
  backend.open(productionConnection);
  await renderWith(<BannerPreview />, backend);
  const words = () =>
    ["banner-after-job-stop", "banner-after-read-only"].map((id) => screen.getByTestId(id).textContent);
  expect(words()).toEqual(["ジョブ停止 OFF 後", "読み取り専用 OFF 後"]);
  backend.pollProblem = problem("timed_out");
  act(() => backend.poll());
  expect(words(), "not known counts as off").toEqual(["ジョブ停止 ON 後", "読み取り専用 ON 後"]);
  await userEvent.click(screen.getByTestId("banner-after-read-only"));
  expect(cells()[0]).toBe("ita-ja: read_only");
});

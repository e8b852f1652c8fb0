import { act, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { problem } from "../../ipc";
import { FakeBackend, productionConnection } from "../../ipc/fake";
import { renderWith } from "../../testing/render";
import { BannerPreview } from ".";

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

test("the words say what the preview shows, also where the last value is old", async () => {
  const backend = new FakeBackend();
  backend.world.flags = { job_stop: true, read_only: true };
  backend.open(productionConnection);
  await renderWith(<BannerPreview />, backend);
  const words = () =>
    ["banner-after-job-stop", "banner-after-read-only"].map((id) => screen.getByTestId(id).textContent);
  expect(words()).toEqual(["停止解除後", "読取解除後"]);
  backend.pollProblem = problem("timed_out");
  act(() => backend.poll());
  expect(words(), "not known counts as off").toEqual(["ジョブ停止後", "読取専用後"]);
  await userEvent.click(screen.getByTestId("banner-after-read-only"));
  expect(cells()[0]).toBe("ita-ja: read_only");
});

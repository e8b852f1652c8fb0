import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { violations } from "../../testing/axe";
import { openJobRows, texts } from "../../testing/jobs";

const box = () => screen.getByTestId<HTMLInputElement>("jobs-filter");
const rowCount = () => screen.getByTestId("jobs-rows").textContent;

test("words filter the rows, and the footer says how many are left", async () => {
  const { user } = await openJobRows();
  await user.type(box(), "SALES　conductor");
  await waitFor(() => expect(texts("organization_id")).toEqual(["sales"]));
  expect(rowCount()).toBe("絞り込み中 1 / 5 行");
});

test("half a Japanese word that is still being composed does not filter", async () => {
  const { backend } = await openJobRows();
  const asked = () =>
    backend.calls.flatMap(({ name, args }) =>
      name === "job_window" ? [(args as { view: { filter: { text: string } } }).view.filter.text] : [],
    );
  fireEvent.compositionStart(box());
  fireEvent.change(box(), { target: { value: "ぱら" } });
  // Longer than the pause after which typing filters.
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(asked(), "nothing was asked with half a word").not.toContain("ぱら");
  expect(rowCount()).toBe("5 行");

  fireEvent.change(box(), { target: { value: "パラメータ" } });
  fireEvent.compositionEnd(box());
  await waitFor(() => expect(texts("backyard")).toEqual(["パラメータシート作成"]));
});

test("a filter that fits nothing says so and offers to take it back", async () => {
  const { user } = await openJobRows();
  await user.type(box(), "どこにもない");
  const message = await screen.findByText("条件に合う行がありません");
  expect(message.parentElement?.textContent, "the rows are there, only not shown").toContain(
    "絞り込みの外に 5 行あります。",
  );
  const place = message.closest<HTMLElement>("[data-state]");
  if (!place) throw new Error("the message stands in its place");
  await user.click(within(place).getByRole("button", { name: "絞り込みを解除" }));
  await waitFor(() => expect(texts("organization_id")).toHaveLength(5));
  expect(box().value).toBe("");
});

/** The options of a list. One that is still being laid out has a single one, which says that there is none. */
function names(list: HTMLElement): (string | null)[] {
  return within(list)
    .getAllByRole("option")
    .map((option) => option.textContent);
}

test("a facet lists its values with their rows, and filters by those chosen", async () => {
  const { user } = await openJobRows();
  await user.click(screen.getByRole("button", { name: "オーガナイゼーションで絞り込む" }));
  const list = await screen.findByRole("listbox");
  await waitFor(() => expect(names(list)).toEqual(["hr1", "infra2", "sales2"]));
  expect(await violations()).toEqual([]);

  await user.click(within(list).getByRole("option", { name: "hr（1 行）" }));
  await user.click(within(list).getByRole("option", { name: "sales（2 行）" }));
  await waitFor(() => expect(texts("organization_id")).toEqual(["hr", "sales", "sales"]));
  await user.keyboard("{Escape}");
  expect(
    (await screen.findByTestId("jobs-facet-organizations")).textContent,
    "a closed facet still says that it filters",
  ).toBe("Org.：2");
});

test("facets and words together, and one button takes both back", async () => {
  const { user } = await openJobRows();
  await user.type(box(), "conductor");
  await waitFor(() => expect(texts("organization_id")).toHaveLength(2));
  await user.click(screen.getByTestId("jobs-facet-organizations"));
  await user.click(await screen.findByRole("option", { name: "sales（2 行）" }));
  await user.keyboard("{Escape}");
  await waitFor(() => expect(texts("organization_id")).toEqual(["sales"]));
  await user.click(screen.getByRole("button", { name: "絞り込みを解除" }));
  await waitFor(() => expect(texts("organization_id")).toHaveLength(5));
});

test("a status means something only inside its backyard", async () => {
  const { user } = await openJobRows();
  await user.click(screen.getByTestId("jobs-facet-statuses"));
  await waitFor(() => expect(names(document.body)).toContain("一時停止 — Conductor作業実行1"));
});

test("sort and filter are remembered for the connection", async () => {
  const { user, backend } = await openJobRows();
  await user.type(box(), "infra");
  const id = backend.live.connection?.id ?? "";
  await waitFor(() => expect(backend.preferences.views[id]?.filter.text).toBe("infra"), { timeout: 2000 });
});

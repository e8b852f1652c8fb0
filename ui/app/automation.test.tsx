import { screen } from "@testing-library/react";
import { expect, test } from "vitest";
import product from "../../docs/product.md?raw";
import { openApp } from "../testing/app";

const section = product.split("## 12. Automation ids")[1]?.split("\n## ")[0] ?? "";

/** As the document writes them: `connection-name|address` are two, what is said in brackets is about them. */
const promised = [...section.replace(/\([^)]*\)/g, "").matchAll(/`([a-z-]+(?:\|[a-z]+)*)`/g)]
  .map((match) => match[1] ?? "")
  .filter((name) => !name.startsWith("data-"))
  .flatMap((name) => {
    const [first = "", ...others] = name.split("|");
    return [first, ...others.map((other) => first.replace(/[a-z]+$/, other))];
  });

const found = new Set<string>();

function look(): void {
  for (const element of document.querySelectorAll<HTMLElement>("[data-testid]"))
    found.add(element.dataset.testid ?? "");
}

test("every automation id that the product promises is in the window or one of its dialogs", async () => {
  expect(promised.length, "the pattern finds the ids in the document").toBeGreaterThan(25);
  const { user } = await openApp("state=first&lang=ja");
  await screen.findByTestId("jobs-grid");
  look();
  await user.click(screen.getByTestId("page-log-levels"));
  look();
  await user.click(screen.getByTestId("page-maintenance"));
  await user.click(screen.getByTestId("mode-read-only"));
  await screen.findByTestId("confirm-name");
  look();
  await user.keyboard("{Escape}");
  await user.click(screen.getByTestId("settings"));
  look();
  await user.keyboard("{Escape}");
  await user.click(screen.getByTestId("connect"));
  look();
  expect(promised.filter((id) => !found.has(id))).toEqual([]);
});

test("the next step is marked as the current one", async () => {
  await openApp("state=production&lang=ja");
  const next = screen.getByTestId("procedure-next");
  expect(next.getAttribute("aria-current")).toBe("step");
  expect(next.dataset.step, "job stop is on, jobs still run").toBe("drain");
});

import { screen } from "@testing-library/react";
import { expect, test } from "vitest";
import type { Live } from "../generated/Live";
import { problem } from "../ipc";
import { closedLive, productionConnection, stagingConnection } from "../ipc/fake";
import { openApp } from "../testing/app";

const bar = () => screen.getByTestId("connection-bar").textContent ?? "";

async function openWith(change: Partial<Live>) {
  const { backend } = await openApp("state=closed&lang=ja");
  backend.setLive({ ...closedLive, generation: 1, phase: { phase: "opening" }, ...change });
  await screen.findByText(change.connection?.address ?? "");
}

test("plain http keeps its mark for as long as the connection is open", async () => {
  await openWith({ connection: stagingConnection, is_plain: true });
  expect(bar()).toContain("暗号化なし");
  expect(bar(), "nothing stands between").not.toContain("プロキシー経由");
});

test.each<[Live["proxy"], string]>([
  [{ kind: "given", url: "http://proxy.example.co.jp:3128" }, "http://proxy.example.co.jp:3128"],
  [{ kind: "system" }, "システムのプロキシー設定"],
])("a proxy that requests go through is shown: %o", async (proxy, words) => {
  await openWith({ connection: productionConnection, proxy });
  expect(screen.getByText("プロキシー経由").title).toContain(words);
});

test("a fallback to Basic is said, with its cause", async () => {
  const fallback = problem("not_the_api", { status: 404 });
  await openWith({ connection: productionConnection, login: { way: "basic", fallback } });
  expect(screen.getByText("Basic ログイン").title).toContain("Exastro の API の応答ではありません。");
});

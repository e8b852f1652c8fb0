import { act, renderHook, waitFor } from "@testing-library/react";
import type { ReactNode } from "react";
import { expect, test } from "vitest";
import type { JobView } from "../generated/JobView";
import { problem } from "../ipc";
import { FakeBackend, productionConnection, stagingConnection } from "../ipc/fake";
import { AppStore, StoreProvider, useJobWindow } from ".";

const view: JobView = {
  sort: null,
  filter: { text: "", organizations: [], workspaces: [], backyards: [], statuses: [] },
  language: "ja",
};

async function openWindow(backend: FakeBackend) {
  const store = await AppStore.open(backend);
  const wrapper = ({ children }: { children: ReactNode }) => <StoreProvider store={store}>{children}</StoreProvider>;
  return renderHook(() => useJobWindow(view, 0, 100), { wrapper });
}

test("an event between listening and the first answer is not lost", async () => {
  const backend = new FakeBackend();
  const release = backend.hold("start_state");
  const opening = AppStore.open(backend);
  await Promise.resolve();
  const before = backend.live;
  backend.open(productionConnection);
  const newer = backend.live;
  backend.live = before;
  release();
  const store = await opening;
  expect(store.state().live, "the event was newer than the answer").toBe(newer);
});

test("a failed command is remembered, and the next success clears it", async () => {
  const backend = new FakeBackend();
  const store = await AppStore.open(backend);
  expect(await store.run(() => backend.call("refresh")), "not connected").toBeUndefined();
  expect(store.state().failure?.code).toBe("not_connected");
  backend.open(productionConnection);
  await store.run(() => backend.call("refresh"));
  expect(store.state().failure).toBeNull();
});

test("what the window does by itself leaves a failure for somebody to read", async () => {
  const backend = new FakeBackend();
  const store = await AppStore.open(backend);
  await store.run(() => backend.call("refresh"));
  store.changePreferences({ welcomed: true });
  await waitFor(() => expect(backend.calls.at(-1)?.name).toBe("save_preferences"));
  await act(async () => {});
  expect(store.state().failure?.code).toBe("not_connected");
});

test("a new revision asks for the rows again", async () => {
  const backend = new FakeBackend();
  backend.open(productionConnection);
  const { result } = await openWindow(backend);
  await waitFor(() => expect(result.current.window?.matched).toBe(5));
  backend.world.jobs = [];
  act(() => backend.poll());
  await waitFor(() => expect(result.current.window?.rows.every((row) => row.is_gone)).toBe(true));
});

test("a failed request keeps the rows that are there", async () => {
  const backend = new FakeBackend();
  backend.open(productionConnection);
  const { result } = await openWindow(backend);
  await waitFor(() => expect(result.current.window).not.toBeNull());
  backend.failNext("job_window", problem("internal"));
  act(() => backend.setLive({ revision: 99 }));
  await waitFor(() => expect(result.current.problem?.code).toBe("internal"));
  expect(result.current.window?.rows).toHaveLength(5);
});

test("another connection takes the old rows away at once", async () => {
  const backend = new FakeBackend();
  backend.open(productionConnection);
  const { result } = await openWindow(backend);
  await waitFor(() => expect(result.current.window).not.toBeNull());
  const release = backend.hold("job_window");
  act(() => backend.open(stagingConnection));
  expect(result.current.window, "rows of the other platform must not stay").toBeNull();
  release();
  await waitFor(() => expect(result.current.window).not.toBeNull());
});

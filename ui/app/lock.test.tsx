import { act, screen, waitFor } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import { openApp } from "../testing/app";

const lock = () => screen.getByTestId("lock");
const MINUTE = 60_000;

afterEach(() => {
  vi.useRealTimers();
});

test("production is locked until one click opens it on purpose, and one closes it", async () => {
  const { user, backend } = await openApp("state=production&lang=ja", (fake) =>
    fake.setLive({ lock_open_until: null }),
  );
  expect(lock().getAttribute("aria-pressed")).toBe("false");
  expect(lock().textContent).toBe("ロック中");
  await user.click(lock());
  await waitFor(() => expect(lock().getAttribute("aria-pressed")).toBe("true"));
  expect(lock().textContent).toContain("操作できます");
  await user.click(lock());
  await waitFor(() => expect(lock().getAttribute("aria-pressed")).toBe("false"));
  expect(backend.calls.map(({ name }) => name)).toEqual(expect.arrayContaining(["open_lock", "close_lock"]));
});

test.each(["ja", "en"])("what is left of the lock counts down (%s)", async (language) => {
  vi.useFakeTimers({ shouldAdvanceTime: false });
  await openApp(`state=production&lang=${language}`, (fake) =>
    fake.setLive({ lock_open_until: Date.now() + 2 * MINUTE }),
  );
  expect(lock().textContent).toContain("2:00");
  act(() => vi.advanceTimersByTime(61_000));
  expect(lock().textContent).toContain("0:59");
});

test("an expired lock is a closed one, whoever notices first", async () => {
  vi.useFakeTimers();
  const { backend } = await openApp("state=production&lang=ja", (fake) =>
    fake.setLive({ lock_open_until: Date.now() + 3000 }),
  );
  act(() => vi.advanceTimersByTime(2000));
  expect(lock().textContent).toContain("0:01");
  act(() => vi.advanceTimersByTime(1000));
  expect(lock().getAttribute("aria-pressed"), "its time has run out").toBe("false");
  act(() => backend.setLive({ lock_open_until: Date.now() + MINUTE }));
  expect(lock().getAttribute("aria-pressed")).toBe("true");
  act(() => backend.setLive({ lock_open_until: null }));
  expect(lock().getAttribute("aria-pressed"), "Rust says so").toBe("false");
});

test.each(["staging", "development"])("%s has no lock", async (state) => {
  await openApp(`state=${state}&lang=ja`);
  expect(screen.queryByTestId("lock")).toBeNull();
});

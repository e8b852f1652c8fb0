import { beforeEach, expect, test, vi } from "vitest";
import { problem } from "./problem";
import { tauriBackend } from "./tauri";

const { invoke } = vi.hoisted(() => ({ invoke: vi.fn() }));
vi.mock("@tauri-apps/api/core", () => ({ invoke }));
vi.mock("@tauri-apps/api/event", () => ({ listen: vi.fn() }));

beforeEach(() => {
  invoke.mockReset();
});

test("a command goes out by its name with its arguments", async () => {
  invoke.mockResolvedValue(null);
  await tauriBackend.call("dismiss_notice", { id: 7 });
  expect(invoke).toHaveBeenCalledWith("dismiss_notice", { id: 7 });
});

test("a problem comes back as it is", async () => {
  invoke.mockRejectedValue(problem("lock_closed"));
  await expect(tauriBackend.call("refresh")).rejects.toEqual(problem("lock_closed"));
});

test("a rejection that is no problem is a defect of ours and keeps its words", async () => {
  invoke.mockRejectedValue("command refresh not found");
  await expect(tauriBackend.call("refresh")).rejects.toMatchObject({
    code: "internal",
    facts: { reason: "command refresh not found" },
  });
});

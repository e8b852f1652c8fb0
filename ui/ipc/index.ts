import type { Backend } from "./contract";
import { tauriBackend } from "./tauri";

export { type Backend, testSteps } from "./contract";
export { problem, toProblem } from "./problem";

/**
 * The backend of this page: the shell inside its window. A browser without the shell gets the in-memory one, which
 * exists only in builds whose mode is not `production`.
 */
export async function openBackend(): Promise<Backend> {
  if (import.meta.env.MODE !== "production" && !("__TAURI_INTERNALS__" in window)) {
    const { fakeFromQuery } = await import("./fake");
    return fakeFromQuery(new URLSearchParams(window.location.search));
  }
  return tauriBackend;
}

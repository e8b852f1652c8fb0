import { render } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { App } from "../app/App";
import { type FakeBackend, fakeFromQuery } from "../ipc/fake";
import { AppStore, StoreProvider } from "../state";

/** The whole window in a state of `ipc/fake/scenarios.ts`; time does not pass by itself. */
export async function openApp(query: string, prepare?: (backend: FakeBackend) => void) {
  const backend = fakeFromQuery(new URLSearchParams(`frozen&${query}`));
  prepare?.(backend);
  const store = await AppStore.open(backend);
  const { unmount } = render(
    <StoreProvider store={store}>
      <App />
    </StoreProvider>,
  );
  return { backend, store, unmount, user: userEvent.setup() };
}

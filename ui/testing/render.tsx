import { render } from "@testing-library/react";
import type { ReactNode } from "react";
import type { Language } from "../generated/Language";
import { I18nProvider } from "../i18n";
import { FakeBackend } from "../ipc/fake";
import { AppStore, StoreProvider } from "../state";

/** Renders below a store that is fed by a pretended backend. */
export async function renderWith(ui: ReactNode, backend = new FakeBackend(), language: Language = "ja") {
  const store = await AppStore.open(backend);
  const view = render(
    <StoreProvider store={store}>
      <I18nProvider language={language}>{ui}</I18nProvider>
    </StoreProvider>,
  );
  return { ...view, backend, store };
}

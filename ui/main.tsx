// First, so that components can override it.
import "./styles/base.css";

import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./app/App";
import { StartFailure } from "./app/StartFailure";
import { openBackend, toProblem } from "./ipc";
import { AppStore, StoreProvider } from "./state";

const container = document.getElementById("root");
if (!container) throw new Error("index.html has no #root");
const root = createRoot(container);

try {
  const store = await AppStore.open(await openBackend());
  root.render(
    <StrictMode>
      <StoreProvider store={store}>
        <App />
      </StoreProvider>
    </StrictMode>,
  );
} catch (rejection) {
  root.render(<StartFailure problem={toProblem(rejection)} />);
}

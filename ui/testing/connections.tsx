import { screen } from "@testing-library/react";
import userEvent, { type UserEvent } from "@testing-library/user-event";
import { vi } from "vitest";
import { ConnectionDialog } from "../features/connections";
import type { Connection } from "../generated/Connection";
import type { Language } from "../generated/Language";
import { developmentConnection, FakeBackend, productionConnection, stagingConnection } from "../ipc/fake";
import { renderWith } from "./render";

interface FormOptions {
  /** Null: a new one. */
  connection?: Connection | null;
  asksZone?: boolean;
  language?: Language;
  prepare?: (backend: FakeBackend) => void;
}

/** The connection form, beside the three connections that are saved already. */
export async function openForm({ connection = null, asksZone, language = "ja", prepare }: FormOptions = {}) {
  const backend = new FakeBackend();
  backend.connections = [productionConnection, stagingConnection, developmentConnection];
  prepare?.(backend);
  const onSaved = vi.fn<(saved: Connection, password: string | null) => void>();
  const onClose = vi.fn();
  const user = userEvent.setup();
  const { unmount } = await renderWith(
    <main>
      <h1>test</h1>
      <ConnectionDialog connection={connection} {...(asksZone && { asksZone })} onSaved={onSaved} onClose={onClose} />
    </main>,
    backend,
    language,
  );
  const calls = (name: string) => backend.calls.filter((call) => call.name === name);
  return { backend, user, onSaved, onClose, calls, unmount };
}

export const field = (name: string) => screen.getByTestId<HTMLInputElement>(`connection-${name}`);

/** Puts a text in the place of what stands in a field. */
export async function fill(user: UserEvent, name: string, text: string): Promise<void> {
  await user.clear(field(name));
  if (text === "") return;
  await user.click(field(name));
  await user.paste(text);
}

/** Everything a new connection needs. */
export async function fillIn(user: UserEvent, change: Record<string, string> = {}): Promise<void> {
  const values = {
    name: "大阪ITA",
    address: "https://ita-osaka.example.co.jp:81",
    user: "admin",
    password: "pa ss",
    ...change,
  };
  for (const [name, text] of Object.entries(values)) await fill(user, name, text);
  await user.click(screen.getByTestId("connection-environment-staging"));
}

export const save = (user: UserEvent) => user.click(screen.getByTestId("connection-save"));

/** The sentence that says what is wrong with a field; null where nothing is. */
export function errorOf(name: string): string | null {
  const ids = field(name).getAttribute("aria-describedby")?.split(" ") ?? [];
  const error = ids.map((id) => document.getElementById(id)).find((element) => element?.role === "alert");
  return error?.textContent ?? null;
}

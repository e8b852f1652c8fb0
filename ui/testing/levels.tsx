import { screen, within } from "@testing-library/react";
import type { UserEvent } from "@testing-library/user-event";
import type { FakeBackend } from "../ipc/fake";
import { openApp } from "./app";

/** The window with the page of log levels in front. */
export async function openLevels(query: string, prepare?: (backend: FakeBackend) => void) {
  const opened = await openApp(query, prepare);
  await opened.user.click(screen.getByTestId("page-log-levels"));
  return opened;
}

const radio = (service: string, level: "info" | "debug") =>
  within(screen.getByTestId(`log-level-${service}-${level}`)).getByRole<HTMLInputElement>("radio");

export const row = (service: string) => screen.getByTestId(`log-level-${service}`).closest("tr") as HTMLElement;
export const choose = async (user: UserEvent, service: string, level: "info" | "debug") =>
  user.click(radio(service, level));
export const isOn = (service: string, level: "info" | "debug") => radio(service, level).checked;
export const button = (name: "apply" | "discard") => screen.getByTestId<HTMLButtonElement>(`log-levels-${name}`);
export const isHeld = (name: "apply" | "discard") => button(name).getAttribute("aria-disabled") === "true";
export const outcome = () => screen.findByTestId("log-levels-outcome");

import { invoke } from "@tauri-apps/api/core";
import { listen } from "@tauri-apps/api/event";
import type { ArgsOf, Backend, CommandName, EventName, Events, ResultOf } from "./contract";
import { toProblem } from "./problem";

/** The real way: commands and events of the Tauri shell. */
export const tauriBackend: Backend = {
  async call<Name extends CommandName>(name: Name, ...[args]: ArgsOf<Name>): Promise<ResultOf<Name>> {
    try {
      return await invoke<ResultOf<Name>>(name, args ?? {});
    } catch (rejection) {
      throw toProblem(rejection);
    }
  },
  listen<Name extends EventName>(name: Name, handler: (payload: Events[Name]) => void) {
    return listen<Events[Name]>(name, (event) => handler(event.payload));
  },
};

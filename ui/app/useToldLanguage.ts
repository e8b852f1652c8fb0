import { useEffect } from "react";
import type { Language } from "../generated/Language";
import { useStore } from "../state";

/** Tells in which language the window speaks: notifications of the desktop follow. */
export function useToldLanguage(language: Language): void {
  const store = useStore();
  useEffect(() => {
    // Words in the other language are no trouble of the person's.
    store.backend.call("window_language", { language }).catch(() => {});
  }, [store, language]);
}

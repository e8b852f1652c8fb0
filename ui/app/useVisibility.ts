import { useEffect } from "react";
import { useStore } from "../state";

/** Tells when the window is hidden and when it is seen again: the pace of polling follows. */
export function useVisibility(): void {
  const store = useStore();
  useEffect(() => {
    const tell = () => {
      const visible = document.visibilityState === "visible";
      // A pace that stays as it was is no trouble of the person's.
      store.backend.call("window_visibility", { visible }).catch(() => {});
    };
    // At the start too: a page that was loaded again must not leave behind what the one before it said.
    tell();
    document.addEventListener("visibilitychange", tell);
    return () => document.removeEventListener("visibilitychange", tell);
  }, [store]);
}

import { useEffect } from "react";
import type { ThemeChoice } from "../generated/ThemeChoice";

/** Sets `data-theme` to what is chosen, or follows the system while it is the system's. */
export function useTheme(choice: ThemeChoice): void {
  useEffect(() => {
    const isDark = window.matchMedia("(prefers-color-scheme: dark)");
    const apply = () => {
      document.documentElement.dataset.theme = choice === "system" ? (isDark.matches ? "dark" : "light") : choice;
    };
    apply();
    if (choice !== "system") return;
    isDark.addEventListener("change", apply);
    return () => isDark.removeEventListener("change", apply);
  }, [choice]);
}

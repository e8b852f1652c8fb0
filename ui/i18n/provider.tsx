import { createContext, type ReactNode, useContext, useLayoutEffect, useMemo, useSyncExternalStore } from "react";
import { I18nProvider as AriaI18nProvider } from "react-aria-components";
import type { Language } from "../generated/Language";
import type { LanguageChoice } from "../generated/LanguageChoice";
import { clock } from "../state/clock";
import { en } from "./en";
import { createFormat, type Format } from "./format";
import { ja, type Messages } from "./ja";

interface I18n {
  language: Language;
  messages: Messages;
  format: Format;
}

const catalogues: Readonly<Record<Language, Messages>> = { ja, en };

const I18nContext = createContext<I18n>({ language: "ja", messages: ja, format: createFormat("ja") });

/** The workstation's zone as it is now: a laptop may change it while the window is open. */
function systemZone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** Gives the subtree its language and tells the document, so that fonts and screen readers follow at once. */
export function I18nProvider({ language, children }: { language: Language; children: ReactNode }) {
  const zone = useSyncExternalStore(clock.subscribe, systemZone);
  const value = useMemo<I18n>(
    () => ({ language, messages: catalogues[language], format: createFormat(language, zone) }),
    [language, zone],
  );
  // Before the effects of what is inside: a title that says more comes after this one and stays.
  useLayoutEffect(() => {
    document.documentElement.lang = language;
    document.title = catalogues[language].shell.title;
  }, [language]);
  return (
    <I18nContext value={value}>
      <AriaI18nProvider locale={language === "ja" ? "ja-JP" : "en-GB"}>{children}</AriaI18nProvider>
    </I18nContext>
  );
}

/** The whole catalogue; `useMessages().modes` is one feature's part. */
export function useMessages(): Messages {
  return useContext(I18nContext).messages;
}

export function useFormat(): Format {
  return useContext(I18nContext).format;
}

export function useLanguage(): Language {
  return useContext(I18nContext).language;
}

/** The language of the window: as chosen, or the system's first of ours, or Japanese. */
export function resolveLanguage(choice: LanguageChoice, systemLanguages: readonly string[]): Language {
  if (choice !== "system") return choice;
  for (const tag of systemLanguages) {
    if (tag.startsWith("ja")) return "ja";
    if (tag.startsWith("en")) return "en";
  }
  return "ja";
}

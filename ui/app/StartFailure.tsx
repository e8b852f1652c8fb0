import type { Problem } from "../generated/Problem";
import { I18nProvider, resolveLanguage } from "../i18n";
import { ProblemAlert } from "../shared";

/** The window could not even ask for its state; preferences are not known, so the system's language decides. */
export function StartFailure({ problem }: { problem: Problem }) {
  return (
    <I18nProvider language={resolveLanguage("system", navigator.languages)}>
      <ProblemAlert problem={problem} />
    </I18nProvider>
  );
}

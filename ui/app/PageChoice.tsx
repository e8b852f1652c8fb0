import { useMessages } from "../i18n";
import "./pages.css";

export type Page = "maintenance" | "log_levels";

interface PageChoiceProps {
  page: Page;
  /** Log levels that were chosen and not applied: leaving their page does not hide them. */
  unapplied: number;
  onChoose: (page: Page) => void;
}

/** The two pages of an open connection. Showing the second asks the platform: no arrow key goes there by itself. */
export function PageChoice({ page, unapplied, onChoose }: PageChoiceProps) {
  const { loglevels } = useMessages();
  const choices: [Page, label: string, testId: string][] = [
    ["maintenance", loglevels.maintenance, "page-maintenance"],
    ["log_levels", loglevels.page(unapplied), "page-log-levels"],
  ];
  return (
    <nav className="pages" aria-label={loglevels.pages}>
      {choices.map(([choice, label, testId]) => (
        <button
          key={choice}
          type="button"
          className="page-choice"
          aria-current={choice === page ? "page" : undefined}
          data-testid={testId}
          onClick={() => onChoose(choice)}
        >
          {label}
        </button>
      ))}
    </nav>
  );
}

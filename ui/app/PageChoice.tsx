import { useMessages } from "../i18n";
import { Segmented } from "../shared";

export type Page = "maintenance" | "log_levels";

interface PageChoiceProps {
  page: Page;
  /** Log levels that were chosen and not applied: leaving their page does not hide them. */
  unapplied: number;
  onChoose: (page: Page) => void;
}

/** The two pages of an open connection. */
export function PageChoice({ page, unapplied, onChoose }: PageChoiceProps) {
  const { loglevels } = useMessages();
  return (
    <div className="pages">
      <Segmented<Page>
        label={loglevels.pages}
        value={page}
        options={[
          { value: "maintenance", label: loglevels.maintenance, testId: "page-maintenance" },
          { value: "log_levels", label: loglevels.page(unapplied), testId: "page-log-levels" },
        ]}
        onChange={onChoose}
      />
    </div>
  );
}

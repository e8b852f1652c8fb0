import type { ReactNode } from "react";
import { problemText, useLanguage, useMessages } from "../../i18n";
import { Button, Icon, type IconName, useMoment } from "../../shared";
import type { ListState } from "./listState";

interface JobsMessageProps {
  list: ListState;
  /** Rows outside the filter, where the filter is why none is shown. */
  hidden: number | null;
  onClear: () => void;
}

/** What stands in the place of rows. Only a complete list without jobs says that there are none. */
export function JobsMessage({ list, hidden, onClear }: JobsMessageProps) {
  const { state, clearFilters } = useMessages().jobs;
  const moment = useMoment();
  const language = useLanguage();
  if (hidden !== null)
    return (
      <Message icon="filter" title={state.noMatch} name="no-match">
        <p>{state.noMatchText(hidden)}</p>
        <Button onClick={onClear}>{clearFilters}</Button>
      </Message>
    );
  switch (list.kind) {
    case "closed":
      return (
        <Message icon="unplug" title={state.closed} name="closed">
          <p>{state.closedText}</p>
        </Message>
      );
    case "loading":
      return (
        <Message icon="refresh" title={state.loading} name="loading">
          <p>{state.loadingText}</p>
        </Message>
      );
    case "unknown":
      return (
        <Message icon="question" title={state.unknown} name="unknown">
          <p className="jobs-unknown">{state.unknownText}</p>
          {/* What it means and what to do is said once, by the window's alert. */}
          <p data-problem={list.problem.code}>{problemText(list.problem.code, language).title}</p>
        </Message>
      );
    case "stale":
      return (
        <Message icon="question" title={state.emptyThen} name="empty-then">
          <p>{state.emptyText(moment(list.at))}</p>
          <p>{state.emptyNote}</p>
        </Message>
      );
    case "known":
      return (
        <Message icon="check" title={state.empty} name="empty">
          <p>{state.emptyText(moment(list.at))}</p>
          <p>{state.emptyNote}</p>
        </Message>
      );
  }
}

function Message({
  icon,
  title,
  name,
  children,
}: {
  icon: IconName;
  title: string;
  name: string;
  children: ReactNode;
}) {
  return (
    <div className={`jobs-message jobs-message-${name}`} role="status" data-state={name}>
      <Icon name={icon} />
      <div>
        <h3>{title}</h3>
        {children}
      </div>
    </div>
  );
}

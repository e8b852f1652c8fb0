import type { ProcedureNotice } from "../../generated/ProcedureNotice";
import { type Format, type Messages, useFormat, useLanguage, useMessages } from "../../i18n";
import { modeName } from "../../i18n/vocabulary";
import { Alert, type AlertTone } from "../../shared";

const tones: Record<ProcedureNotice["kind"], AlertTone> = {
  changed_elsewhere: "error",
  automation_stopped: "warning",
  start_cancelled: "error",
  not_confirmed: "error",
  rereading: "unknown",
  platform_back: "info",
  permission_kept: "info",
  count_may_no_longer_fall: "error",
  new_after_stop: "error",
  drained: "ok",
  quiet: "ok",
  gave_up: "warning",
  overdue: "warning",
  left_on: "warning",
};

interface ProcedureNoticeAlertProps {
  news: ProcedureNotice;
  /** When it was noticed. */
  time: string;
  onDismiss: () => void;
}

/** What a procedure has to tell, as a whole sentence and with what to do. */
export function ProcedureNoticeAlert({ news, time, onDismiss }: ProcedureNoticeAlertProps) {
  const { procedure } = useMessages();
  const format = useFormat();
  const language = useLanguage();
  const { title, text } = words(news, procedure, format, (mode) => modeName(mode, language));
  const isLate = news.kind === "overdue" && news.level > 1;
  return (
    <Alert
      tone={isLate ? "error" : tones[news.kind]}
      title={title}
      time={time}
      onDismiss={onDismiss}
      testId={`notice-procedure-${news.kind}`}
    >
      {text}
    </Alert>
  );
}

type Mode = Extract<ProcedureNotice, { kind: "left_on" }>["mode"];

function words(
  news: ProcedureNotice,
  { notices, automation }: Messages["procedure"],
  format: Format,
  name: (mode: Mode) => string,
): { title: string; text: string | undefined } {
  switch (news.kind) {
    case "changed_elsewhere":
    case "not_confirmed":
      return { title: notices[news.kind].title(name(news.mode), news.on), text: notices[news.kind].text };
    case "automation_stopped":
      return { title: automation.stopped[news.why], text: notices.automation_stopped.text };
    case "start_cancelled":
      return {
        title: notices.start_cancelled.title,
        text: format.sentences(notices.start_cancelled.why[news.why], notices.start_cancelled.text),
      };
    case "overdue":
      return {
        title: notices.overdue.title(format.dateTime(news.planned_end)),
        text: notices.overdue.text[news.level - 1] ?? notices.overdue.text.at(-1),
      };
    case "gave_up":
      return { title: notices.gave_up.title(news.holding), text: notices.gave_up.text };
    case "left_on":
      return { title: notices.left_on.title(name(news.mode)), text: notices.left_on.text };
    default:
      return notices[news.kind];
  }
}

/** What must be seen before anything else. */
export function isProcedureAlarm(news: ProcedureNotice): boolean {
  return tones[news.kind] === "error" || (news.kind === "overdue" && news.level > 1);
}

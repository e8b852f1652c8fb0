import { LeftOnAlerts } from "../features/left-on";
import { ProcedureNoticeAlert } from "../features/procedure";
import type { CountMismatch } from "../generated/CountMismatch";
import type { GonePlace } from "../generated/GonePlace";
import type { Notice } from "../generated/Notice";
import type { Running } from "../generated/Running";
import { useFormat, useLanguage, useMessages } from "../i18n";
import { modeName } from "../i18n/vocabulary";
import { Age, Alert, Button, ProblemAlert, ProblemText, titleText, useMoment } from "../shared";
import { useApp, useLive, useStore } from "../state";
import { isAlarm, suspectTogether } from "./notices";
import { type Trouble, troubles } from "./troubles";
import type { Connecting } from "./useConnecting";

/** Everything the person should know that has no better place, most pressing first. */
export function Alerts({ connecting }: { connecting: Connecting }) {
  const failure = useApp((state) => state.failure);
  const notices = useLive((live) => live.notices);
  const isOpen = useLive((live) => live.phase.phase === "open");
  const store = useStore();
  const alarms = notices.filter(isAlarm);
  const others = notices.filter((notice) => !isAlarm(notice));
  const together = suspectTogether(alarms);
  return (
    <>
      {failure && <ProblemAlert problem={failure} onDismiss={() => store.dismissFailure()} testId="failure" />}
      {together.length > 0 && <BothSuspect notices={together} />}
      {alarms
        .filter((notice) => !together.some(({ id }) => id === notice.id))
        .map((notice) => (
          <NoticeAlert key={notice.id} notice={notice} />
        ))}
      {isOpen && <Troubles />}
      {isOpen && <Mismatches />}
      {others.map((notice) => (
        <NoticeAlert key={notice.id} notice={notice} />
      ))}
      <LeftOnAlerts onConnect={(id) => connecting.connect(id, null)} isBusy={connecting.isBusy} />
      <KeyringAlert />
      <StartAlerts />
    </>
  );
}

function Troubles() {
  const live = useLive((value) => value);
  return troubles(live).map((trouble) => <TroubleAlert key={trouble.problem.code} trouble={trouble} />);
}

/** One problem, said once, however many questions it left open. */
function TroubleAlert({ trouble }: { trouble: Trouble }) {
  const { shell } = useMessages();
  const format = useFormat();
  const language = useLanguage();
  const { since } = trouble;
  const wait = trouble.problem.facts.retry_after_seconds;
  const moment = useMoment();
  const title = (() => {
    if (trouble.about === "everything") return shell.everythingUnknown;
    if (trouble.about === "count") return shell.countUnknown;
    if (trouble.about === "modes") return shell.modesUnknown;
    return shell.modeUnknown(modeName(trouble.about, language));
  })();
  return (
    <Alert tone="unknown" title={title} testId="trouble">
      <ProblemText
        problem={trouble.problem}
        withTitle
        note={
          format.sentences(
            since === null ? undefined : shell.unknownSince(moment(since)),
            wait === null ? undefined : shell.waitsFor(format.duration(wait * 1000)),
          ) || undefined
        }
      />
    </Alert>
  );
}

function Mismatches() {
  const truth = useLive((live) => live.running);
  const { shell } = useMessages();
  const format = useFormat();
  if (truth.state === "unknown" || truth.value.mismatches.length === 0) return null;
  const running = truth.value;
  const listed = (place: CountMismatch | Running) => format.number(place.counted + place.unclassified);
  const place = ({ organization, workspace }: CountMismatch) =>
    organization === null
      ? shell.mismatchSystem
      : titleText(workspace === null ? organization : `${organization} / ${workspace}`);
  return (
    <Alert
      tone="warning"
      title={shell.mismatch(format.number(running.reported), listed(running), format.number(running.deciding))}
      testId="mismatch"
    >
      {/* Not read out each time it ticks. */}
      <span className="muted small" aria-live="off">
        <Age at={truth.at} />
      </span>
      <ul>
        {running.mismatches.slice(0, 5).map((mismatch) => (
          <li key={place(mismatch)} className="soft">
            {shell.mismatchPlace(place(mismatch), format.number(mismatch.reported), listed(mismatch))}
          </li>
        ))}
      </ul>
    </Alert>
  );
}

type NoticeOf<Kind extends Notice["kind"]> = Extract<Notice, { kind: Kind }>;

function NoticeAlert({ notice }: { notice: Notice }) {
  const store = useStore();
  const dismiss = () => void store.run(() => store.backend.call("dismiss_notice", { id: notice.id }));
  const time = useMoment()(notice.at);
  switch (notice.kind) {
    case "vanished":
      return <Vanished notice={notice} time={time} onDismiss={dismiss} />;
    case "name_moved":
      return <NameMoved notice={notice} time={time} onDismiss={dismiss} />;
    case "poll_broke":
      return <PollBroke time={time} onDismiss={dismiss} />;
    case "file_trouble":
      return <FileTrouble notice={notice} time={time} onDismiss={dismiss} />;
    case "password_not_kept":
      return <PasswordNotKept notice={notice} onDismiss={dismiss} />;
    case "changed_elsewhere":
      return <ChangedElsewhere notice={notice} time={time} onDismiss={dismiss} />;
    case "procedure":
      return <ProcedureNoticeAlert news={notice.news} time={time} onDismiss={dismiss} />;
  }
}

interface NoticeProps<Kind extends Notice["kind"]> {
  notice: NoticeOf<Kind>;
  time: string;
  onDismiss: () => void;
}

function Vanished({ notice, time, onDismiss }: NoticeProps<"vanished">) {
  const { shell } = useMessages();
  const format = useFormat();
  const place = ({ organization, workspace }: GonePlace) =>
    workspace === null
      ? shell.vanishedOrganization(titleText(organization))
      : `${titleText(organization)}/${titleText(workspace)}`;
  return (
    <Alert
      tone="warning"
      title={shell.vanished(notice.total)}
      time={time}
      onDismiss={onDismiss}
      testId="notice-vanished"
    >
      {shell.vanishedText(format.list(notice.places.map(place)))}
    </Alert>
  );
}

function NameMoved({ notice, time, onDismiss }: NoticeProps<"name_moved">) {
  const { shell } = useMessages();
  return (
    <Alert tone="warning" title={shell.nameMoved} time={time} onDismiss={onDismiss} testId="notice-moved">
      {shell.nameMovedText(notice.from, notice.to)}
    </Alert>
  );
}

function PollBroke({ time, onDismiss }: Omit<NoticeProps<"poll_broke">, "notice">) {
  const { shell } = useMessages();
  return (
    <Alert tone="warning" title={shell.pollBroke} time={time} onDismiss={onDismiss} testId="notice-broke">
      {shell.pollBrokeText}
    </Alert>
  );
}

function FileTrouble({ notice, time, onDismiss }: NoticeProps<"file_trouble">) {
  const { shell } = useMessages();
  return (
    <Alert tone="warning" title={shell.fileTrouble} time={time} onDismiss={onDismiss} testId="notice-file">
      <ProblemText problem={notice.problem} withTitle note={shell.fileTroubleText} />
    </Alert>
  );
}

function PasswordNotKept({ notice, onDismiss }: Omit<NoticeProps<"password_not_kept">, "time">) {
  const { shell } = useMessages();
  return (
    <Alert tone="warning" title={shell.passwordNotKept} onDismiss={onDismiss} testId="notice-password">
      <ProblemText problem={notice.problem} withTitle note={shell.passwordNotKeptText} />
    </Alert>
  );
}

function ChangedElsewhere({ notice, time, onDismiss }: NoticeProps<"changed_elsewhere">) {
  const { shell } = useMessages();
  const name = modeName(notice.mode, useLanguage());
  return (
    <Alert
      tone={notice.suspect ? "error" : "warning"}
      title={notice.suspect ? shell.changedSuspect(name) : shell.changedElsewhere(name, notice.on)}
      time={time}
      onDismiss={onDismiss}
      testId={notice.suspect ? "notice-suspect" : "notice-changed"}
    >
      {notice.suspect ? shell.changedSuspectText : shell.changedElsewhereText}
    </Alert>
  );
}

/** Both modes turned off in one answer: what was seen once is said once. */
function BothSuspect({ notices }: { notices: readonly NoticeOf<"changed_elsewhere">[] }) {
  const { shell } = useMessages();
  const store = useStore();
  const time = useMoment()(notices[0]?.at ?? 0);
  const dismiss = () => {
    for (const { id } of notices) void store.run(() => store.backend.call("dismiss_notice", { id }));
  };
  return (
    <Alert tone="error" title={shell.changedSuspectBoth} time={time} onDismiss={dismiss} testId="notice-suspect">
      {shell.changedSuspectText}
    </Alert>
  );
}

/** The keyring matters only to connections whose password should live in it. */
function KeyringAlert() {
  const { common } = useMessages();
  const store = useStore();
  const keyring = useApp((state) => state.keyring);
  const isNeeded = useLive((live) => live.connection?.secret_place === "keyring");
  if (!keyring || !isNeeded) return null;
  const retry = (
    <Button icon="refresh" onClick={() => void store.retryKeyring()}>
      {common.retry}
    </Button>
  );
  return <ProblemAlert problem={keyring} actions={retry} testId="keyring-problem" />;
}

/** What was wrong when the program started. */
function StartAlerts() {
  const store = useStore();
  const problems = useApp((state) => state.problems);
  return problems.map((problem) => (
    <ProblemAlert
      key={problem.code}
      problem={problem}
      onDismiss={() => store.dismissProblem(problem)}
      testId={`start-${problem.code}`}
    />
  ));
}

import { type ReactNode, useState } from "react";
import type { Connection } from "../generated/Connection";
import { problemText, useLanguage, useMessages } from "../i18n";
import { EnvironmentChip, IconButton, Tag } from "../shared";
import { useApp, useLive, useStore } from "../state";
import { ConnectionMenu } from "./ConnectionMenu";
import { connectionName } from "./connectionName";
import { FreshnessText } from "./Freshness";
import { LockButton } from "./LockButton";
import type { Connecting } from "./useConnecting";
import "./bar.css";

interface ConnectionBarProps {
  connecting: Connecting;
  /** The choice of the page, while a connection is open. */
  pages: ReactNode;
  onNew: () => void;
  onEdit: () => void;
  onPractise: () => void;
  onExport: () => void;
  onImport: () => void;
  onSettings: () => void;
}

/** Which platform this is, how old what is shown is, and whether anything can be switched. */
export function ConnectionBar({ pages, onSettings, ...menu }: ConnectionBarProps) {
  const { shell } = useMessages();
  const connection = useLive((live) => live.connection);
  const phase = useLive((live) => live.phase.phase);

  return (
    <header className="bar" data-testid="connection-bar" data-environment={connection?.environment}>
      {connection ? <Identity connection={connection} /> : <h1>{shell.title}</h1>}
      {connection && pages}
      <div className="grow" />
      {connection && phase !== "closed" && <FreshnessText />}
      {phase === "open" && <RefreshButton />}
      {phase === "open" && <LockButton />}
      <ConnectionMenu {...menu} />
      <IconButton icon="settings" label={shell.settings} data-testid="settings" onClick={onSettings} />
    </header>
  );
}

function Identity({ connection }: { connection: Connection }) {
  const messages = useMessages();
  const { shell } = messages;
  const name = connectionName(connection, messages);
  const language = useLanguage();
  const fallback = useLive((live) => live.login?.fallback ?? null);
  const isPlain = useLive((live) => live.is_plain);
  const proxy = useLive((live) => live.proxy);
  const { certificate } = connection;
  return (
    <>
      <EnvironmentChip environment={connection.environment} />
      <div className="identity">
        <h1 className="selectable" title={`${name}\n${connection.address}\n${connection.user}`}>
          {name}
        </h1>
        <p className="identity-line">
          {isPlain && (
            <Tag tone="warn" tooltip={shell.plainHttpTooltip}>
              {shell.plainHttp}
            </Tag>
          )}
          <span className="identity-address selectable" title={connection.address}>
            {connection.address}
          </span>
          <span className="identity-user selectable">{connection.user}</span>
          {connection.environment === "practice" && <RunningExercise />}
          {certificate.kind === "pinned" && (
            <Tag tone="outline" tooltip={shell.pinnedTooltip(certificate.sha256)}>
              {shell.pinned}
            </Tag>
          )}
          {proxy.kind !== "none" && (
            <Tag tone="outline" tooltip={proxy.kind === "given" ? shell.proxyGiven(proxy.url) : shell.proxySystem}>
              {shell.proxy}
            </Tag>
          )}
          {fallback && (
            <Tag tone="outline" tooltip={`${shell.basicTooltip}\n${problemText(fallback.code, language).title}`}>
              {shell.basic}
            </Tag>
          )}
        </p>
      </div>
    </>
  );
}

function RunningExercise() {
  const { practice } = useMessages();
  const { scenario } = useApp((state) => state.preferences.practice);
  const exercise = Object.entries(practice.exercises).find(([name]) => name === scenario)?.[1];
  if (!exercise) return null;
  return (
    <span className="identity-exercise">
      <Tag tone="outline" tooltip={`${exercise.story}\n${exercise.lesson}`}>
        {exercise.title}
      </Tag>
    </span>
  );
}

function RefreshButton() {
  const { shell } = useMessages();
  const store = useStore();
  const [isBusy, setBusy] = useState(false);
  const refresh = async () => {
    setBusy(true);
    await store.run(() => store.backend.call("refresh"));
    setBusy(false);
  };
  return <IconButton icon="refresh" label={shell.refresh} isBusy={isBusy} data-testid="refresh" onClick={refresh} />;
}

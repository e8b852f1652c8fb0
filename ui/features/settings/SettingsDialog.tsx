import type { ConnectionId } from "../../generated/ConnectionId";
import { problemText, useFormat, useLanguage, useMessages } from "../../i18n";
import { Button, Dialog, PathText, ProblemAlert, Segmented, Select, Tick, titleText } from "../../shared";
import { useApp, useStore, useTicking } from "../../state";
import "./settings.css";

/** Language, appearance, what is watched, and export folder. Everything takes effect at once; there is nothing to save. */
export function SettingsDialog({ onClose }: { onClose: () => void }) {
  const { common, settings } = useMessages();
  const store = useStore();
  const preferences = useApp((state) => state.preferences);
  const version = useApp((state) => state.version);

  return (
    <Dialog
      title={settings.title}
      size="small"
      testId="settings-dialog"
      onClose={onClose}
      footer={
        <>
          <span className="grow muted small">{settings.version(version)}</span>
          <Button onClick={onClose}>{common.close}</Button>
        </>
      }
    >
      <Select
        label={settings.language}
        value={preferences.language}
        options={[
          { value: "system", label: settings.languageSystem },
          { value: "ja", label: settings.languageJapanese },
          { value: "en", label: settings.languageEnglish },
        ]}
        onChange={(language) => store.changePreferences({ language })}
        testId="language"
      />
      <div className="field">
        <span className="field-name">{settings.theme}</span>
        <Segmented
          label={settings.theme}
          value={preferences.theme}
          options={[
            { value: "system", label: settings.themeSystem, testId: "theme-system" },
            { value: "light", label: settings.themeLight, testId: "theme-light" },
            { value: "dark", label: settings.themeDark, testId: "theme-dark" },
          ]}
          onChange={(theme) => store.changePreferences({ theme })}
          testId="theme"
        />
      </div>
      <Watching />
      <ExportFolder />
      <Keyring />
      <LogFile />
    </Dialog>
  );
}

/** What this program does while nobody looks at it. */
function Watching() {
  const { settings } = useMessages();
  const store = useStore();
  const preferences = useApp((state) => state.preferences);
  return (
    <div className="field">
      <span className="field-name">{settings.watching}</span>
      <Tick
        label={settings.leftOn}
        hint={settings.leftOnHint}
        isOn={preferences.left_on_guard}
        onChange={(left_on_guard) => store.changePreferences({ left_on_guard })}
        testId="left-on-guard"
      />
      {preferences.left_on_guard && <LastCheck />}
      <Tick
        label={settings.desktop}
        hint={settings.desktopHint}
        isOn={preferences.desktop_notifications}
        onChange={(desktop_notifications) => store.changePreferences({ desktop_notifications })}
        testId="desktop-notifications"
      />
    </div>
  );
}

/** When saved connections were checked last, and which could not be. */
function LastCheck() {
  const { settings } = useMessages();
  const format = useFormat();
  const language = useLanguage();
  const { unchecked, checked_at } = useApp((state) => state.leftOn);
  const connections = useApp((state) => state.connections);
  const moment = useTicking((now) => (checked_at === null ? null : format.moment(checked_at, now)));
  if (moment === null) return null;
  const name = (id: ConnectionId) => connections.find((connection) => connection.id === id)?.name;
  return (
    <div className="settings-check small" data-testid="left-on-checked">
      <p className="muted">{settings.leftOnChecked(moment)}</p>
      <ul>
        {unchecked.map(({ connection, problem }) => (
          <li key={connection}>
            {settings.leftOnUnchecked(titleText(name(connection) ?? ""), problemText(problem.code, language).title)}
          </li>
        ))}
      </ul>
    </div>
  );
}

function ExportFolder() {
  const { settings } = useMessages();
  const store = useStore();
  const folder = useApp((state) => state.preferences.export_folder);
  const choose = async () => {
    const chosen = await store.run(() => store.backend.call("choose_export_folder"));
    if (typeof chosen === "string") store.changePreferences({ export_folder: chosen });
  };
  return (
    <div className="field">
      <span className="field-name">{settings.exportFolder}</span>
      <Segmented
        label={settings.exportTarget}
        value={folder === null ? "ask" : "fixed"}
        options={[
          { value: "ask", label: settings.exportAsk, testId: "export-folder-ask" },
          { value: "fixed", label: settings.exportFixed, testId: "export-folder-fixed" },
        ]}
        onChange={(way) => {
          if (way === "ask") store.changePreferences({ export_folder: null });
          else void choose();
        }}
      />
      {folder !== null && (
        <p>
          <PathText path={folder} testId="export-folder" />{" "}
          <button type="button" className="link small" onClick={() => void choose()}>
            {settings.exportChoose}
          </button>
        </p>
      )}
    </div>
  );
}

function Keyring() {
  const { common, settings } = useMessages();
  const store = useStore();
  const problem = useApp((state) => state.keyring);
  return (
    <div className="field">
      <span className="field-name">{settings.keyring}</span>
      {problem ? (
        <ProblemAlert
          problem={problem}
          actions={<Button onClick={() => void store.retryKeyring()}>{common.retry}</Button>}
        />
      ) : (
        <p className="small">{settings.keyringFine}</p>
      )}
    </div>
  );
}

function LogFile() {
  const { settings } = useMessages();
  const path = useApp((state) => state.logFile);
  return (
    <div className="field">
      <span className="field-name">{settings.log}</span>
      <PathText path={path} testId="log-file" />
      <p className="small muted">{settings.logHelp}</p>
    </div>
  );
}

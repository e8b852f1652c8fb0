import { useMessages } from "../../i18n";
import { Button, Dialog, ProblemAlert, Segmented, Select } from "../../shared";
import { useApp, useStore } from "../../state";
import "./settings.css";

/** Language, appearance and export folder. Everything takes effect at once; there is nothing to save. */
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
      <ExportFolder />
      <Keyring />
      <LogFile />
    </Dialog>
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
      <p className="settings-folder selectable" data-testid="export-folder">
        {folder ?? settings.exportAsk}
      </p>
      <div className="settings-row">
        <Button onClick={choose}>{settings.exportChoose}</Button>
        {folder !== null && (
          <Button onClick={() => store.changePreferences({ export_folder: null })}>{settings.exportClear}</Button>
        )}
      </div>
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
      <p className="settings-folder selectable" data-testid="log-file">
        {path}
      </p>
      <p className="small muted">{settings.logHelp}</p>
    </div>
  );
}

import type { SettingsMessages } from "./settings.ja";

export const settingsEn: SettingsMessages = {
  title: "Settings",
  language: "Language",
  languageSystem: "Same as the system",
  languageJapanese: "日本語",
  languageEnglish: "English",
  theme: "Appearance",
  themeSystem: "System",
  themeLight: "Light",
  themeDark: "Dark",
  watching: "Notifications",
  leftOn: "Tell me when a mode was left ON in a connection that is not open",
  leftOnHint:
    "At the start and every hour it logs in to each saved connection whose password is at hand, without asking for it, and reads the modes once. It changes nothing.",
  leftOnChecked: (time) => `Last check: ${time}`,
  leftOnUnchecked: (name, why) => `${name} could not be checked: ${why}`,
  desktop: "Notify on the desktop, too",
  desktopHint:
    "While this window is not in front: when nothing runs any more, when a mode was switched elsewhere, and other news that must not wait.",
  exportFolder: "Export folder",
  exportTarget: "How the folder is chosen",
  exportFixed: "Fixed folder",
  exportAsk: "Ask each time",
  exportChoose: "Choose a folder…",
  keyring: "System keyring",
  keyringFine: "available",
  log: "Log file",
  logHelp: "Passwords and tokens are never written to it.",
  version: (version) => `Version ${version}`,
};

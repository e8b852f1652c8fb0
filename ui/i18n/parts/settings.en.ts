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
  exportFolder: "Export folder",
  exportAsk: "Asked at every export",
  exportChoose: "Choose a folder…",
  exportClear: "Ask every time",
  keyring: "System keyring",
  keyringFine: "available",
  log: "Log file",
  logHelp: "Passwords and tokens are never written to it.",
  version: (version) => `Version ${version}`,
};

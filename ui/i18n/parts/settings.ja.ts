export const settingsJa = {
  title: "設定",
  language: "言語",
  languageSystem: "システムに合わせる",
  languageJapanese: "日本語",
  languageEnglish: "English",
  theme: "テーマ",
  themeSystem: "システム",
  themeLight: "ライト",
  themeDark: "ダーク",
  exportFolder: "出力先フォルダー",
  exportAsk: "出力のたびにたずねる",
  exportChoose: "フォルダーを選ぶ…",
  exportClear: "毎回たずねる",
  keyring: "OS のキーリング",
  keyringFine: "使えます",
  log: "ログファイル",
  logHelp: "パスワードやトークンは記録されません。",
  version: (version: string) => `バージョン ${version}`,
};

export type SettingsMessages = typeof settingsJa;

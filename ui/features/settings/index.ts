export { SettingsDialog } from "./SettingsDialog";

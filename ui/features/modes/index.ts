export { ChooseDialog } from "./ChooseDialog";
export { ConfirmDialog } from "./ConfirmDialog";
export { ModeCard } from "./ModeCard";
export { SwitchOutcomeAlert } from "./SwitchOutcomeAlert";
export { type ModeSwitch, useModeSwitch } from "./useModeSwitch";

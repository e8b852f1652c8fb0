export { PracticeDialog } from "./PracticeDialog";

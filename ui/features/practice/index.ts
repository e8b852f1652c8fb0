export { Coach } from "./Coach";
export { guidedExercise } from "./coach";
export { PracticeDialog } from "./PracticeDialog";

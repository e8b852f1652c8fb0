export { JobsPanel } from "./JobsPanel";

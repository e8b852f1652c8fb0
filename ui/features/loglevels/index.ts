export { LogLevelsPage } from "./LogLevelsPage";
export { type LogLevels, useLogLevels } from "./useLogLevels";

export { doubted } from "./doubt";
export { StoreProvider, useApp, useBackend, useJobWindow, useLive, useLock, useStore, useTicking } from "./hooks";
export { isUnderWay } from "./phases";
export { type AppState, AppStore } from "./store";
export { type Freshness, freshness, knownValue, lastValue, shownAs } from "./truth";

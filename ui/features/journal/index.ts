export { JournalStrip } from "./JournalStrip";

import { enNumber, plural } from "../format";
import type { ProcedureMessages } from "./procedure.ja";

export const procedureEn: ProcedureMessages = {
  title: "Recommended order",
  stepDone: "done",
  stepNext: "next",
  steps: {
    stop: "Stop jobs",
    drain: "Wait until nothing runs",
    read_only: "Switch to read-only",
    quiet: "Wait for quiet",
    work: "Do the work",
    reopen: "Open again",
  },
  modeOn: "Confirmed on",
  modeOff: "Off",
  modeUnknown: "State unknown",
  running: (count) => plural(count, { one: "One job is running", other: `${enNumber(count)} jobs are running` }),
  drained: "Nothing counted is running",
  drainedButConductors: (conductors) =>
    plural(conductors, {
      one: "Nothing counted is running; one conductor is left",
      other: `Nothing counted is running; ${enNumber(conductors)} conductors are left`,
    }),
  countUnknown: "Count unknown; it may not be zero",
  readOnlyHint: "Emergency stop and un-pausing become impossible",
  frozen: "The count may no longer fall: switch read-only off, keep job stop on",
  frozenAndOpen: "The count may no longer fall: first switch job stop on, then read-only off",
  quietHint: "About 90 minutes; not needed if services were restarted",
  workHint: "Backup or upgrade",
  reopenHint: "Read-only off first, then job stop",
};

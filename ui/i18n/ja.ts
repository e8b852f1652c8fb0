import { bannerJa } from "./parts/banner.ja";
import { commonJa } from "./parts/common.ja";
import { connectionsJa } from "./parts/connections.ja";
import { countJa } from "./parts/count.ja";
import { forecastJa } from "./parts/forecast.ja";
import { jobsJa } from "./parts/jobs.ja";
import { journalJa } from "./parts/journal.ja";
import { leftOnJa } from "./parts/leftOn.ja";
import { loglevelsJa } from "./parts/loglevels.ja";
import { modesJa } from "./parts/modes.ja";
import { type PracticeMessages, practiceJa } from "./parts/practice.ja";
import { procedureJa } from "./parts/procedure.ja";
import { settingsJa } from "./parts/settings.ja";
import { shellJa } from "./parts/shell.ja";
import { transferJa } from "./parts/transfer.ja";

/** Japanese is the source: its shape is the type of every catalogue. */
export const ja = {
  banner: bannerJa,
  common: commonJa,
  connections: connectionsJa,
  count: countJa,
  forecast: forecastJa,
  jobs: jobsJa,
  journal: journalJa,
  leftOn: leftOnJa,
  loglevels: loglevelsJa,
  modes: modesJa,
  practice: practiceJa as PracticeMessages,
  procedure: procedureJa,
  settings: settingsJa,
  shell: shellJa,
  transfer: transferJa,
};

export type Messages = typeof ja;

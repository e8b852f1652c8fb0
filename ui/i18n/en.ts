import type { Messages } from "./ja";
import { bannerEn } from "./parts/banner.en";
import { commonEn } from "./parts/common.en";
import { connectionsEn } from "./parts/connections.en";
import { countEn } from "./parts/count.en";
import { forecastEn } from "./parts/forecast.en";
import { jobsEn } from "./parts/jobs.en";
import { journalEn } from "./parts/journal.en";
import { leftOnEn } from "./parts/leftOn.en";
import { loglevelsEn } from "./parts/loglevels.en";
import { modesEn } from "./parts/modes.en";
import { practiceEn } from "./parts/practice.en";
import { procedureEn } from "./parts/procedure.en";
import { settingsEn } from "./parts/settings.en";
import { shellEn } from "./parts/shell.en";
import { transferEn } from "./parts/transfer.en";

export const en: Messages = {
  banner: bannerEn,
  common: commonEn,
  connections: connectionsEn,
  count: countEn,
  forecast: forecastEn,
  jobs: jobsEn,
  journal: journalEn,
  leftOn: leftOnEn,
  loglevels: loglevelsEn,
  modes: modesEn,
  practice: practiceEn,
  procedure: procedureEn,
  settings: settingsEn,
  shell: shellEn,
  transfer: transferEn,
};

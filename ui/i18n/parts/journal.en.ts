import { enNumber, plural } from "../format";
import type { JournalMessages } from "./journal.ja";

const onOff = (on: boolean) => (on ? "ON" : "OFF");

export const journalEn: JournalMessages = {
  title: "Journal",
  empty: "Nothing recorded yet",
  expand: "Show the whole journal",
  collapse: "Fold the journal",
  kind: "Kind",
  kinds: {
    all: "All",
    switch: "Switches",
    change: "Made elsewhere",
    procedure: "Procedure",
    export: "Exports",
    connection: "Connections",
  },
  search: "Filter the journal",
  noneFound: "Nothing in the journal matches",
  searched: (entries) =>
    plural(entries, {
      one: "The newest entry was searched",
      other: `The newest ${enNumber(entries)} entries were searched`,
    }),
  earlierExercise: "Below: the journal of the exercise before",
  more: "Show older entries",
  connected: (user, address) => `Connected to ${address} as ${user}`,
  loginRefused: (user) => `Login of ${user} refused, requests stopped`,
  switchRequested: (mode, on) => `Request sent: ${mode} ${onOff(on)}`,
  switched: {
    done: (mode, on) => `Read back and agreed: ${mode} ${onOff(on)}`,
    refused: (mode, on) => `Refused: ${mode} ${onOff(on)}`,
    without_effect: (mode, on) => `Accepted, without effect: ${mode} ${onOff(on)}`,
    unknown: (mode, on) => `Outcome unknown: ${mode} ${onOff(on)}`,
  },
  logLevelsRequested: (changes) => `Log levels to be changed, request sent: ${changes}`,
  logLevelsChanged: {
    done: (changes) => `Log levels changed, read back and agreed: ${changes}`,
    already: (changes) => `Log levels already set: ${changes}`,
    not_sent: (changes) => `Log levels not sent: ${changes}`,
    changed_elsewhere: (changes) => `Log levels not sent, changed elsewhere: ${changes}`,
    refused: (changes) => `Log levels not changed, refused: ${changes}`,
    without_effect: (changes) => `Log levels accepted, the read-back disagrees: ${changes}`,
    unknown: (changes) => `Log levels, outcome unknown: ${changes}`,
  },
  levelChange: (service, from, to) => `${service} ${from} → ${to}`,
  levelRead: (change, reading) => `${change} (read back: ${reading})`,
  readings: { absent: "not in the answer", unread: "not read" },
  observedLevels: (changes) => `Log levels changed elsewhere: ${changes}`,
  observed: (mode, on) => `${mode} was switched ${onOff(on)} elsewhere`,
  suspect: (mode) => `${mode} reads OFF, to be checked`,
  phase: {
    not_started: "Procedure: not started",
    scheduled: "Procedure: start planned",
    stopping_jobs: "Procedure: stopping jobs",
    draining: "Procedure: waiting for running jobs to end",
    point_of_no_return: "Procedure: nothing counted runs, read-only waits for its confirmation",
    going_read_only: "Procedure: going read-only",
    quiet_gate: "Procedure: waiting until nothing writes",
    work: "Procedure: work begins",
    ending_read_only: "Procedure: ending read-only",
    checking: "Procedure: checks before jobs start again",
    starting_jobs: "Procedure: starting jobs again",
    watching: "Procedure: watching what starts",
    finished: "Procedure: finished",
    gave_up: "Procedure: given up, the modes stay as they are",
    aborted: "Procedure: ended by hand, the modes stay as they are",
  },
  chosen: {
    waived: (container) => `Procedure: ${container} is not waited for`,
    servicesRestarted: (done) => `Procedure: services restarted or with 0 replicas, ${done ? "ticked" : "unticked"}`,
    settleMinutes: (minutes) =>
      `Procedure: settling time set to ${plural(minutes, { one: "one minute", other: `${enNumber(minutes)} minutes` })}`,
    plannedEnd: (time) => `Procedure: planned end set to ${time ?? "none"}`,
    giveUpAt: (time) => `Procedure: end of the wait set to ${time ?? "none"}`,
  },
  exported: (rows, path) =>
    plural(rows, { one: `One row exported to ${path}`, other: `${enNumber(rows)} rows exported to ${path}` }),
  evidencePacked: (files, path) =>
    plural(files, {
      one: `Evidence, one file, written to ${path}`,
      other: `Evidence, ${enNumber(files)} files, written to ${path}`,
    }),
  by: (workstationUser, user) => `${workstationUser} (${user})`,
};

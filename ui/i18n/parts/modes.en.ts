import { enNumber, plural } from "../format";
import type { ModesMessages } from "./modes.ja";

const onOff = (on: boolean) => (on ? "ON" : "OFF");

export const modesEn: ModesMessages = {
  region: "Maintenance modes",
  explain: {
    job_stop: {
      on: "No new job starts; running jobs finish.",
      off: "When ON, no new job starts; running jobs finish.",
    },
    read_only: {
      on: "Registrations and updates are refused. Backyards stop, some only after up to 83 minutes.",
      off: "When ON, every registration and update is refused and every backyard stops.",
    },
  },
  confirmedAt: (time) => `confirmed at ${time}`,
  lastKnown: (value, time) => `last known: ${value}, at ${time}`,
  staleAt: (time) => `as of ${time}, not known since`,
  suspectOff: "OFF?",
  suspectSince: (time) => `OFF since ${time}, perhaps only because the platform cannot read its table`,
  notReadYet: "not read yet",
  notKnown: "not known whether ON or OFF",
  switching: "Switching and reading back…",
  switchLabel: (mode) => `Switch ${mode.toLowerCase()}`,
  busyElsewhere: "Wait until the other switch has ended.",
  notOpen: "Not connected, so nothing can be switched.",
  title: (mode, on) => `Switch ${mode.toLowerCase()} ${onOff(on)}`,
  what: "What will happen",
  whatHappens: {
    job_stop: {
      on: [
        "No new job starts. What users register waits as “not executed”.",
        "Running jobs finish.",
        "For a few seconds after the switch the count may still rise.",
        "A conductor may stay “executing”, waiting for a movement that is not allowed to start.",
      ],
      off: ["All waiting jobs start at once.", "The banner goes away for users, at their next page load."],
      offUnderReadOnly: ["While read-only is ON, neither jobs nor the banner change."],
      offMaybe: ["If read-only is OFF, all waiting jobs start at once."],
    },
    read_only: {
      on: [
        "Every registration, update and discard is refused, and every backyard stops.",
        "Emergency stop, un-pausing a conductor and cancelling a reservation become impossible.",
        "Some services may still write for up to about 83 minutes, until they read the mode again.",
      ],
      off: ["Users can register and update again.", "If job stop is OFF, waiting jobs start."],
    },
  },
  whom: "What it affects",
  whomText: (organizations, workspaces, jobs, conductors) =>
    [
      plural(organizations, { one: "1 organization", other: `${enNumber(organizations)} organizations` }),
      plural(workspaces, { one: "1 workspace", other: `${enNumber(workspaces)} workspaces` }),
      plural(jobs, { one: "1 running job", other: `${enNumber(jobs)} running jobs` }),
      plural(conductors, { one: "1 conductor", other: `${enNumber(conductors)} conductors` }),
    ].join(", "),
  whomStale: (time) => `These figures are of ${time}. What they are now is not known.`,
  whomUnknown: "What it affects is not known.",
  bannerAfter: "Banner that users will see",
  bannerNone: "No banner any more.",
  bannerUnknown: "Not known, because the other mode is not.",
  dangers: {
    jobs_running: {
      title: "Jobs are running.",
      text: "Read-only would freeze them half-way, and they could not record that they ended. It is safer to wait for zero.",
    },
    count_unknown: {
      title: "It is not known how many jobs run.",
      text: "It may not be zero. Whatever runs would freeze half-way.",
    },
    job_stop_off: {
      title: "Job stop is OFF.",
      unconfirmed: "Whether job stop is ON could not be confirmed.",
      text: "The recommended order is server-side job stop first, then to wait until nothing runs.",
    },
  },
  again: "Things have changed since you confirmed.",
  againText: "Nothing has been switched yet. Read what will happen now, and confirm it again.",
  typeName: "Type the connection’s name to go on",
  nameToType: (name) => `Name to type: ${name}`,
  nameDiffers: "The name differs.",
  locked: "The lock is closed.",
  lockedText: "In this environment nothing can be switched until it is opened.",
  openLock: "Open the lock",
  confirm: {
    job_stop: (on) => `Turn job stop ${onOff(on)}`,
    read_only: (on) => `Turn read-only ${onOff(on)}`,
  },
  chooseTitle: (mode) => `Switch ${mode.toLowerCase()} ON or OFF?`,
  chooseSuspectText:
    "It reads OFF, but this window did not do it, and the platform may be unable to read its table. Choose what it shall be; the value is read back afterwards.",
  chooseText: "Its present state is not known. Choose what it shall be; the value is read back afterwards.",
  done: (mode, on) => `${mode} is now ${onOff(on)}.`,
  doneText: (time) => `Read back at ${time}, and it agrees.`,
  already: (mode, on) => `${mode} was already ${onOff(on)}.`,
  alreadyText: "Nothing was sent.",
  refused: (mode) => `${mode} was not switched.`,
  unknown: (mode) => `Outcome unknown: ${mode.toLowerCase()} may or may not have switched.`,
  readBack: (job_stop, read_only) => `Read back: job stop ${job_stop}, read-only ${read_only}`,
};

import { enNumber, plural } from "../format";
import type { ModesMessages } from "./modes.ja";

const onOff = (on: boolean) => (on ? "on" : "off");

export const modesEn: ModesMessages = {
  region: "Maintenance modes",
  explain: {
    job_stop: "No new job starts. Running ones go on to their end.",
    read_only: "Every registration and update is refused; every backyard stops.",
  },
  confirmedAt: (time) => `confirmed at ${time}`,
  staleAt: (time) => `as of ${time}, not known since`,
  suspectOff: "Off?",
  suspectSince: (time) => `reads off since ${time}, perhaps only because the table cannot be read`,
  notReadYet: "not read yet",
  notKnown: "neither on nor off is known",
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
        "Running jobs go on to their end. For a few seconds the count may still rise.",
        "A conductor may stay “executing”, waiting for a movement that may not start.",
      ],
      off: ["All waiting jobs start at once.", "The banner goes away for users, at their next page load."],
    },
    read_only: {
      on: [
        "Every registration, update and discard is refused, and every backyard stops.",
        "Emergency stop, un-pausing a conductor and cancelling a reservation become impossible.",
        "Some services may still write for up to about 83 minutes, until they read the mode again.",
      ],
      off: ["Users can register and update again.", "If job stop is off, waiting jobs start."],
    },
  },
  whom: "Whom it concerns",
  whomText: (organizations, workspaces, jobs, conductors) =>
    [
      plural(organizations, { one: "1 organization", other: `${enNumber(organizations)} organizations` }),
      plural(workspaces, { one: "1 workspace", other: `${enNumber(workspaces)} workspaces` }),
      plural(jobs, { one: "1 running job", other: `${enNumber(jobs)} running jobs` }),
      plural(conductors, { one: "1 conductor", other: `${enNumber(conductors)} conductors` }),
    ].join(", "),
  whomStale: (time) => `These figures are of ${time}. What they are now is not known.`,
  whomUnknown: "It is not known whom it concerns.",
  bannerAfter: "Banner that users will see",
  bannerNone: "No banner any more.",
  bannerUnknown: "Not known, because the other mode is not.",
  dangers: {
    jobs_running: {
      title: "Jobs are running.",
      text: "Read-only would freeze them half-way, and they could not record that they ended. It is safe to wait for zero.",
    },
    count_unknown: {
      title: "It is not known how many jobs run.",
      text: "It may not be zero. Whatever runs would freeze half-way.",
    },
    job_stop_off: {
      title: "Job stop is not known to be on.",
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
  confirm: (on) => `Switch ${onOff(on)}`,
  chooseTitle: (mode) => `Switch ${mode.toLowerCase()} on or off?`,
  chooseSuspectText:
    "It reads off, but this window did not do it, and the platform may be unable to read its table. Choose what it shall be; the value is read back afterwards.",
  chooseText: "Its present state is not known. Choose what it shall be; the value is read back afterwards.",
  done: (mode, on) => `${mode} is now ${onOff(on)}.`,
  doneText: (time) => `Read back at ${time}, and it agrees.`,
  already: (mode, on) => `${mode} was already ${onOff(on)}.`,
  alreadyText: "Nothing was sent.",
  refused: (mode) => `${mode} was not switched.`,
  unknown: (mode) => `Outcome unknown: ${mode.toLowerCase()} may or may not have switched.`,
  readBack: (job_stop, read_only) => `Read back: job stop ${job_stop}, read-only ${read_only}`,
};

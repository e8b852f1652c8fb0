import { enNumber, plural } from "../format";
import type { JournalMessages } from "./journal.ja";

const onOff = (on: boolean) => (on ? "on" : "off");

export const journalEn: JournalMessages = {
  title: "Journal",
  empty: "Nothing recorded yet",
  expand: "Show the whole journal",
  collapse: "Fold the journal",
  connected: (user, address) => `Connected to ${address} as ${user}`,
  loginRefused: (user) => `Login of ${user} refused, requests stopped`,
  switchRequested: (mode, on) => `${mode} to be switched ${onOff(on)}, request sent`,
  switched: {
    done: (mode, on) => `${mode} switched ${onOff(on)}, read back and agreed`,
    refused: (mode, on) => `${mode} not switched ${onOff(on)}: refused`,
    without_effect: (mode, on) => `${mode} switched ${onOff(on)}: accepted, without effect`,
    unknown: (mode, on) => `${mode} switched ${onOff(on)}: outcome unknown`,
  },
  observed: (mode, on) => `${mode} was switched ${onOff(on)} elsewhere`,
  suspect: (mode) => `${mode} reads off, to be checked`,
  exported: (rows, path) =>
    plural(rows, { one: `One row exported to ${path}`, other: `${enNumber(rows)} rows exported to ${path}` }),
  by: (workstationUser, user) => `${workstationUser} (${user})`,
};

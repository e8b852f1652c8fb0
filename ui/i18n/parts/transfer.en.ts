import { enNumber, plural } from "../format";
import type { TransferMessages } from "./transfer.ja";

export const transferEn: TransferMessages = {
  exported: "Connections exported",
  exportedCount: (count) =>
    plural(count, { one: "One connection was exported.", other: `${enNumber(count)} connections were exported.` }),
  withoutPasswords:
    "The file holds no passwords. It does hold addresses, user names, fingerprints of certificates and proxies, so mind whom you give it to.",
  exportFailed: "Connections not exported",
  exportAgain: "Export again…",
  title: "Import connections",
  importFailed: "Connections not imported",
  chooseAnother: "Choose another file…",
  intro:
    "Nothing has been added yet. Address and fingerprint decide who gets your password: check them before you add a connection.",
  empty: "There are no connections in this file. Nothing was added.",
  allSaved: "Every connection of the file is already saved with the same settings. Nothing was added.",
  all: "Choose all",
  choose: (name) => `Add “${name}”`,
  columns: { environment: "Environment", name: "Name", address: "Address", user: "User", outcome: "What happens" },
  caFile: "CA file",
  caFileMissing: "This CA file is not on this computer. Give another one in the connection’s settings afterwards.",
  acceptsExpired: "Expired accepted",
  proxy: (url) => `Proxy: ${url}`,
  agree: {
    plain: "I add it although the password travels unencrypted",
    expired: "I accept this certificate outside its validity too",
  },
  adds: "Will be added",
  addsAs: (name) => `Will be added as “${name}”`,
  leaves: "Left out",
  standing: {
    taken: "A connection of this name exists. It stays as it is.",
    already_saved: "It is already saved with the same settings.",
  },
  chosen: (chosen, total) => `${enNumber(chosen)} of ${enNumber(total)} chosen.`,
  noneChosen: "None chosen.",
  agreementMissing: (count) =>
    plural(count, { one: "One consent is missing.", other: `${enNumber(count)} consents are missing.` }),
  add: "Add the chosen",
  added: (count) =>
    plural(count, { one: "One connection was added.", other: `${enNumber(count)} connections were added.` }),
  addedText: "Passwords are not in the file. You will be asked for them when you connect for the first time.",
};

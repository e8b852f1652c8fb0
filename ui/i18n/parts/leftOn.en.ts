import type { LeftOnMessages } from "./leftOn.ja";

export const leftOnEn: LeftOnMessages = {
  title: (connection, sentence) => `${connection}: ${sentence}`,
  since: (mode, duration) => `${mode} may still be ON (switched ${duration} ago).`,
  atLeast: (mode, duration) => `${mode} may still be ON (since at least ${duration} ago).`,
  on: (mode) => `${mode} may still be ON.`,
  switched: (time) => `Last switched ${time} (journal).`,
  switchedAndSeen: (switched, seen) => `${switched} ${seen}`,
  seen: (time) => `Last seen ON ${time}.`,
  doubtful: (mode) => `${mode} now reads OFF.`,
  doubtfulText:
    "Nobody switched it here: either somebody else switched it off, or the platform cannot read its table of modes. Open the connection and check.",
  connect: "Open this connection",
};

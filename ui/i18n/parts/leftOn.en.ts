import type { LeftOnMessages } from "./leftOn.ja";

export const leftOnEn: LeftOnMessages = {
  title: (connection, sentence) => `${connection}: ${sentence}`,
  since: (mode, duration) => `${mode} has been on for ${duration}.`,
  atLeast: (mode, duration) => `${mode} has been on for at least ${duration}.`,
  on: (mode) => `${mode} is on.`,
  switched: (time) => `The journal has its last switch at ${time}.`,
  seen: (time) => `Last seen on at ${time}.`,
  doubtful: (mode) => `${mode} answers off, and nobody switched it here.`,
  doubtfulText: (time) =>
    `Noticed at ${time}. Somebody else switched it off, or the platform cannot read its table and says off. Connect and look.`,
  connect: "Connect",
};

import { enNumber } from "../format";
import type { PracticeMessages } from "./practice.ja";

export const practiceEn: PracticeMessages = {
  title: "Choose an exercise",
  intro: "It runs on this computer only and reaches no real platform. Every start begins afresh.",
  exercises: {
    "ordinary-night": {
      title: "Ordinary night",
      story: "About a dozen jobs come and go.",
      lesson: "Stop jobs, wait for 0, switch to read-only, and open again: the whole way once. Begin here.",
    },
    "stuck-job": {
      title: "A job that does not end",
      story: "An Ansible execution has been delayed for nine hours, and waiting does not bring the count to 0.",
      lesson: "Ask its owner and decide on an emergency stop, which is possible only before read-only mode.",
    },
    "paused-conductor": {
      title: "A paused conductor",
      story: "A conductor was paused two days ago and is still there. It is not counted.",
      lesson: "0 does not mean that nothing is left. It can be resumed only before read-only mode.",
    },
    "broken-workspace": {
      title: "A broken workspace",
      story: "One workspace is broken, and the whole list turns into an error inside “200 SUCCESS”.",
      lesson: "The count is unknown, not 0. Switching off works at any time, whether the count is known or not.",
    },
    "unreadable-flags": {
      title: "An unreadable table of modes",
      story: "Both modes are on, but every two minutes the platform cannot read its table and says that both are off.",
      lesson: "Suspect an OFF that you did not make. Wait for the answer to come back and check before you go on.",
    },
    "colleague-switches": {
      title: "Somebody else switches",
      story: "Half a minute after you switch a mode on, a colleague saves the platform's own page and turns both off.",
      lesson: "Notice the change made elsewhere, talk to your colleague, and switch on again.",
    },
    "slow-platform": {
      title: "A slow platform",
      story: "There are 500 workspaces, and each list takes five seconds.",
      lesson: "Polls stretch by themselves. Judge by the time that stands beside what is shown.",
    },
    "many-jobs": {
      title: "100,000 jobs",
      story: "100,000 jobs run at once.",
      lesson: "Find the rows that matter by filter and sort, and export them as CSV.",
    },
    "ita-2.2": {
      title: "The answer of ITA 2.2",
      story: "This platform lists its jobs in the older shape.",
      lesson: "Neither the view nor the procedure changes: see that you need not mind the version.",
    },
    "read-only-too-early": {
      title: "Read-only too early",
      story: "Read-only mode came on while jobs ran. They are frozen, and the count does not fall.",
      lesson: "Switch only read-only off, keep job stop on, and wait for the jobs to end.",
    },
  },
  learn: "What to learn",
  speed: "Speed of the jobs",
  times: (speed: number) => (speed === 1 ? "Real speed" : `${enNumber(speed)} times`),
  start: "Start",
};

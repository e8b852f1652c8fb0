import { enNumber } from "../format";
import type { PracticeMessages } from "./practice.ja";
import { procedureEn } from "./procedure.en";
import { shellEn } from "./shell.en";

const { buttons, restarted } = procedureEn;

export const practiceEn: PracticeMessages = {
  title: "Choose an exercise",
  intro: "It runs on this computer only and reaches no real platform. Every start begins afresh.",
  exercises: {
    "ordinary-night": {
      title: "Ordinary night",
      story: "About a dozen jobs come and go.",
      lesson: "Stop jobs, wait for 0, switch to read-only, and open again: the whole procedure once. Begin here.",
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
      story: "One workspace is broken. The whole list answers “200 SUCCESS”, but what is in it is an error.",
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
      lesson: "Polls stretch automatically. Judge by the time that stands beside what is shown.",
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
  times: (speed: number) => (speed === 1 ? "Real speed" : `${enNumber(speed)}×`),
  start: "Start",
  coach: {
    begin: "The whole procedure once, with a guide (3 minutes)",
    region: "Guide of the practice",
    place: (place, of) => `${enNumber(place)} of ${enNumber(of)}`,
    leave: "Leave the guide",
    steps: {
      opening: {
        seen: "The practice platform is being opened.",
        todo: "Just wait.",
        why: "It lives on this computer only. Nothing real is touched.",
      },
      lock: {
        seen: "Jobs are running, and both modes are off.",
        todo: `Open the lock: press “${shellEn.lockClosed}” at the top right.`,
        why: "In production it is always closed, so that nothing is switched by a slip of the hand. Here it is the same.",
      },
      start: {
        seen: "Now things can be switched. The procedure has not begun.",
        todo: `Press “${buttons.start}”, read what will happen, and start.`,
        why: "Only new jobs are stopped at first. Those that run go on to their end.",
      },
      scheduled: {
        seen: "The procedure will begin at the time that was set.",
        todo: `Here, do not wait: press “${buttons.startSooner}”.`,
        why: "In production, a start in the night can be planned like this.",
      },
      read_back: {
        seen: "The switch was sent and is being read back.",
        todo: "Wait for the answer.",
        why: "That it was sent does not mean that it took effect. Only when the platform’s answer agrees does it go on.",
      },
      drain: {
        seen: "No new job starts, and the count falls.",
        todo: "Wait until zero was seen three times in a row (about a minute).",
        why: "A single zero may be chance. Only one from a complete list that agrees with its counts is taken. The conductors that are left come next.",
      },
      read_only: {
        seen: "No counted job runs any more. Conductors, which are not counted, may be left.",
        todo: `Press “${buttons.readOnly}”, look at what remains, and go on.`,
        why: "Once read-only is on, what remains can be neither stopped nor resumed.",
      },
      gate: {
        seen: "Read-only is on, but that is not yet quiet.",
        todo: `Tick “${restarted}”.`,
        why: "Some services look at the mode only now and then, such as when they start. In production you restart them, or wait for about 90 minutes.",
      },
      quiet: {
        seen: "Every condition is about to be met.",
        todo: `Press “${buttons.beginWork}”.`,
        why: "Zero jobs, a complete list, read-only, and settled: only with all four does nothing write any more.",
      },
      work: {
        seen: "In production, the backup or upgrade is done now.",
        todo: `Here, press “${buttons.endWork}” at once.`,
        why: "During the work the platform is expected to go away. You are told when it is back.",
      },
      check: {
        seen: "Only read-only is off again. Job stop is still on.",
        todo: `Check and tick the three items, then press “${buttons.startJobs}”.`,
        why: "Before jobs start, whatever is wrong can still be put right in peace.",
      },
      watch: {
        seen: "Job stop is off too, and the jobs that waited have started all at once.",
        todo: `Take a look at the list, then press “${buttons.stopWatch}”.`,
        why: "In production you watch for 10 minutes what fails or gets stuck.",
      },
      left: {
        seen: "The procedure was ended early. What was on is still on.",
        todo: `To practise once more, press “${buttons.startAgain}”.`,
        why: "No mode goes back automatically. In production, one that was forgotten is the worst of all.",
      },
    },
    learnt: {
      title: "That is the whole procedure. What you have learnt:",
      points: [
        "To close: job stop → zero → read-only. To open: the reverse.",
        "What is left must be dealt with before read-only.",
        "Zero is proved three times in a row. “Unknown” is not zero.",
        "A mode has changed only when the value read back agrees.",
      ],
    },
    connect: shellEn.connect,
    another: "Choose another exercise…",
  },
};

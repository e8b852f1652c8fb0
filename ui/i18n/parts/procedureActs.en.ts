import type { ProcedureActsMessages } from "./procedureActs.ja";

export const procedureActsEn: ProcedureActsMessages = {
  thenWaits: "Then it waits until no job runs. Nothing else is switched before you confirm it.",
  thenGoesOn: "Then, when no job runs any more, read-only is switched on without asking again.",
  automatic: [
    "Only after three zeros in a row, with job stop freshly read as on. Never from an unknown state.",
    "Conductors, which are not counted, do not hold it. Those that remain can no longer be operated on.",
  ],
  jobStopIs: {
    on: "Job stop stays on.",
    off: "Job stop is off, so new jobs start too.",
    unknown: "Whether job stop is on is not known. New jobs may start.",
  },
  losesEvidence: {
    title: "The evidence of the last procedure was not written.",
    text: "Once the new one has begun it can no longer be written. If you need it, write it first.",
  },
  acts: {
    start: {
      title: "Start the maintenance procedure",
      what: ["Job stop is switched on and read back. If it is on already, nothing is sent."],
      button: "Start",
    },
    start_sooner: {
      title: "Start without waiting for the planned time",
      what: ["Job stop is switched on now and read back."],
      button: "Start",
    },
    start_later: {
      title: "Plan the maintenance procedure",
      what: [
        "At its time both modes are read again. Only if both are off, job stop is switched on automatically.",
        "The plan holds only while this program runs. If it is closed, if the computer sleeps, if the platform does not answer for 5 minutes, or if somebody switches a mode elsewhere, it is cancelled and you are told.",
        "If the modes cannot be read, it waits 15 minutes for them and is then cancelled.",
        "This permission stays when the lock closes.",
      ],
      button: "Plan it",
    },
    stop_jobs: { title: "Switch job stop on", what: ["It is sent again and read back."], button: "Switch on" },
    go_read_only: {
      title: "Switch to read-only: what remains can no longer be operated on",
      what: [
        "Read-only is switched on and read back. Every registration and update is refused.",
        "For what remains, the following becomes impossible.",
      ],
      button: "Switch to read-only",
    },
    begin_work: {
      title: "Begin the work although it is not confirmed quiet",
      what: ["A service that still writes can make a backup inconsistent."],
      button: "Begin the work",
    },
    end_read_only: {
      title: "Switch read-only off",
      what: ["It is read back. Job stop is not changed until the checks that follow are done."],
      button: "Switch off",
    },
    start_jobs: {
      title: "Switch job stop off",
      what: [
        "The jobs that waited start all at once. What starts is then watched for 10 minutes.",
        "During the watch the key F8 alone stops jobs again. Nothing more is asked.",
      ],
      button: "Switch off",
    },
    switch_off: {
      title: "Switch read-only off",
      what: ["The jobs that are left can go on."],
      button: "Switch off",
    },
    reopen: {
      title: "Open the platform again",
      what: ["Read-only is switched off and read back. Job stop is not changed until the checks are done."],
      button: "Open again",
    },
    go_on_by_itself: {
      title: "Switch to read-only automatically when no job runs any more",
      what: ["This permission stays when the lock closes. You can hold it or turn it off at any time."],
      button: "Allow it",
    },
    waive: {
      title: "Do not wait for this backyard",
      what: ["It counts as zero although it runs. Ask its owner first."],
      button: "Do not wait for it",
    },
    abort: {
      title: "End the procedure early",
      what: ["No mode is changed. What is on stays on."],
      button: "End it",
    },
    options: { title: "Change the settings of the procedure", what: ["No mode is changed."], button: "Change" },
    services_restarted: {
      title: "Skip the settling time",
      what: ["All 14 services must have been restarted or have 0 replicas."],
      button: "Note it",
    },
    hold: { title: "Hold the automatic step", what: ["The procedure itself goes on."], button: "Hold" },
    continue: { title: "Go on with the procedure", what: ["It goes on from where it stopped."], button: "Go on" },
    stop_again: {
      title: "Switch job stop on again",
      what: [
        "No new job starts. Those that have started run to their end, and the procedure goes back to waiting for them.",
      ],
      button: "Switch on",
    },
    stop_watch: { title: "End the watch", what: ["The procedure is over. No mode is changed."], button: "End it" },
  },
  loses: {
    paused: "Resuming, emergency stop",
    conductor: "Emergency stop, resuming",
    job: "Emergency stop. Its end cannot be recorded, so it may stay as running.",
    unknown: "Not known. Take it that nothing can be done about it.",
  },
};

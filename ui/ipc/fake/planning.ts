import type { BannerPreview } from "../../generated/BannerPreview";
import type { Banners } from "../../generated/Banners";
import type { Danger } from "../../generated/Danger";
import type { Live } from "../../generated/Live";
import type { Mode } from "../../generated/Mode";
import type { ModeReading } from "../../generated/ModeReading";
import type { SwitchPlan } from "../../generated/SwitchPlan";

/** The pure rules of the core, as far as a pretended one needs them. */

export function banners({ job_stop, read_only }: ModeReading): Banners {
  if (read_only === null) return { ita: "unknown", platform: "unknown" };
  if (read_only) return { ita: "read_only", platform: "read_only" };
  return { ita: job_stop === null ? "unknown" : job_stop ? "job_stop" : "none", platform: "none" };
}

export function preview(reading: ModeReading): BannerPreview {
  return {
    now: banners(reading),
    after_job_stop: banners({ ...reading, job_stop: reading.job_stop !== true }),
    after_read_only: banners({ ...reading, read_only: reading.read_only !== true }),
  };
}

export function knownReading({ modes }: Live): ModeReading {
  return {
    job_stop: modes.job_stop.state === "known" ? modes.job_stop.value : null,
    read_only: modes.read_only.state === "known" ? modes.read_only.value : null,
  };
}

export function planSwitch(live: Live, mode: Mode, on: boolean): SwitchPlan {
  const environment = live.connection?.environment ?? "production";
  const dangers: Danger[] = [];
  const reading = knownReading(live);
  if (mode === "read_only" && on) {
    if (live.running.state !== "known") dangers.push("count_unknown");
    else if (live.running.value.deciding > 0) dangers.push("jobs_running");
    if (reading.job_stop !== true) dangers.push("job_stop_off");
  }
  const needsLock = environment === "production" || environment === "practice";
  return {
    mode,
    on,
    confirmation: dangers.length > 0 ? "type_name" : environment === "development" ? "none" : "agree",
    dangers,
    lock_closed: needsLock && live.lock_open_until === null,
    name: live.connection?.name ?? "",
    running: live.running,
    banners_after: banners({ ...reading, [mode]: on }),
  };
}

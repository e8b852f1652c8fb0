import type { BannerPreview } from "../generated/BannerPreview";
import type { Banners } from "../generated/Banners";
import type { Suspect } from "../generated/Suspect";

/**
 * The banners as far as they are really known: a mode whose "off" may be a lie may still show its banner. The mode that is
 * switched is certain after its switch; read-only wins over job stop (platform-contract §10).
 */
export function doubted({ ita, platform }: Banners, when: keyof BannerPreview, suspect: Suspect): Banners {
  const mayBeReadOnly = suspect.read_only !== null && when !== "after_read_only";
  const mayBeStopped = suspect.job_stop !== null && when !== "after_job_stop";
  if (mayBeReadOnly)
    return { ita: ita === "read_only" ? ita : "unknown", platform: platform === "read_only" ? platform : "unknown" };
  return { ita: mayBeStopped && ita === "none" ? "unknown" : ita, platform };
}

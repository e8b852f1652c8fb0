import vocabulary from "../../src-tauri/crates/core/data/vocabulary.json";
import type { Banner } from "../generated/Banner";
import type { Language } from "../generated/Language";
import type { Mode } from "../generated/Mode";

/** The platform's own words. The data file belongs to the core, which sorts, filters and exports by the same words. */

export type StatusKind = "preparing" | "executing" | "delayed" | "paused";

interface Words {
  ja: string;
  en: string;
}
interface Backyard extends Words {
  counted: boolean;
  statuses: Record<string, (Words & { kind: string }) | undefined>;
}

const backyards: Record<string, Backyard | undefined> = vocabulary.backyards;

/** The key of a mode in the platform's API (platform-contract §1). */
export const apiKeys: Record<Mode, string> = { job_stop: "backyard_execute_stop", read_only: "data_update_stop" };

export const knownBackyards: readonly string[] = Object.keys(backyards);

export function modeName(mode: Mode, language: Language): string {
  return vocabulary.modes[mode][language];
}

/** The name of a backyard; an unknown container is called by its own name. */
export function backyardName(container: string, language: Language): string {
  return backyards[container]?.[language] ?? container;
}

/** The name of a status, which means something only inside its container; null where this product has no word. */
export function statusName(container: string, statusId: string, language: Language): string | null {
  return backyards[container]?.statuses[statusId]?.[language] ?? null;
}

export function statusKind(container: string, statusId: string): StatusKind | null {
  const kind = backyards[container]?.statuses[statusId]?.kind;
  return kind === "preparing" || kind === "executing" || kind === "delayed" || kind === "paused" ? kind : null;
}

export type BannerSite = "ita" | "platform";

/** The banner's text as the platform words it; null where it shows none or it is not known which. */
export function bannerText(site: BannerSite, banner: Banner, language: Language): string | null {
  if (banner === "read_only") return vocabulary.banners[site].read_only[language];
  if (banner === "job_stop" && site === "ita") return vocabulary.banners.ita.job_stop[language];
  return null;
}

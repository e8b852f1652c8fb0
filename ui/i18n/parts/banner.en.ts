import type { BannerMessages } from "./banner.ja";

export const bannerEn: BannerMessages = {
  title: "Banner users see",
  when: "Banner of when",
  now: "Now",
  afterJobStop: (on) => (on ? "Job stop on" : "Job stop off"),
  afterReadOnly: (on) => (on ? "Read-only on" : "Read-only off"),
  cell: {
    ita: { ja: "ITA screens – Japanese", en: "ITA screens – English" },
    platform: { ja: "Platform – Japanese", en: "Platform – English" },
  },
  none: "No banner",
  unknown: "Unknown",
  note: "From the next page load. Platform: in read-only mode only, on workspace and notification settings.",
};

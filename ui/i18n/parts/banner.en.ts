import type { BannerMessages } from "./banner.ja";

export const bannerEn: BannerMessages = {
  title: "Banner users see",
  when: "Banner of when",
  now: "Now",
  afterJobStop: (on) => `After job stop ${on ? "ON" : "OFF"}`,
  afterReadOnly: (on) => `After read-only ${on ? "ON" : "OFF"}`,
  cell: {
    ita: { ja: "ITA screens – Japanese", en: "ITA screens – English" },
    platform: { ja: "Platform – Japanese", en: "Platform – English" },
  },
  nowTitle: "Banner users see now",
  none: "No banner",
  unknown: "Unknown",
  note: "From the next page load. Platform: in read-only mode only, on workspace and notification settings.",
};

export const bannerJa = {
  title: "利用者に見えるバナー",
  when: "いつのバナーか",
  now: "いま",
  afterJobStop: (on: boolean): string => `ジョブ停止 ${on ? "ON" : "OFF"} 後`,
  afterReadOnly: (on: boolean): string => `読み取り専用 ${on ? "ON" : "OFF"} 後`,
  cell: {
    ita: { ja: "ITA 画面 ・ 日本語", en: "ITA 画面 ・ 英語" },
    platform: { ja: "プラットフォーム ・ 日本語", en: "プラットフォーム ・ 英語" },
  },
  nowTitle: "いま利用者に見えるバナー",
  none: "バナーは出ません",
  unknown: "不明",
  note: "次の画面表示から出ます。プラットフォームでは、読み取り専用のときにワークスペースと通知の設定画面だけに出ます。",
};

export type BannerMessages = typeof bannerJa;

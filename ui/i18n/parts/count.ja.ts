export const countJa = {
  region: "実行中の件数",
  unit: "件 実行中",
  notKnown: "不明",
  lastKnown: (count: string) => `最後に分かった値 ${count} 件`,
  asOf: (time: string) => `${time} 時点`,
  notZero: "0 件とは限りません",
  notReadYet: "まだ確認していません",
  conductors: (count: string) => `＋Conductor ${count} 件（対象外）`,
  conductorsTooltip: "Conductor はプラットフォームの件数に含まれません。",
  unclassified: (count: string) => `未分類 ${count} 件`,
  unclassifiedTooltip: "この製品が知らないバックヤードのジョブです。実行中として扱います。",
  oldest: (age: string) => `最古の更新 ${age}`,
  noOldest: "最古の更新は不明",
  zoneOpen: "タイムゾーン未確認",
  zoneOpenTooltip: "タイムゾーンが分からないため、最古の更新からの時間は不明です。一覧の下で指定できます。",
  chart: "件数の推移",
  chartSpan: (duration: string) => `過去 ${duration}`,
  chartText: (first: string, last: string, polls: string) => `${polls} 回の確認で ${first} 件から ${last} 件へ`,
  value: (count: string) => `実行中 ${count} 件`,
};

export type CountMessages = typeof countJa;

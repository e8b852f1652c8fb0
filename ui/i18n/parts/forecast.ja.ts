import { jaNumber } from "../format";

export const forecastJa = {
  between: (from: string, to: string) => `0 件になる見込み：${from}〜${to}`,
  basis: (basis: number) => `過去の実行 ${jaNumber(basis)} 件から`,
  basisTooltip: (percent: number) =>
    `この接続で終了まで確認したジョブの所要時間から求めています。見込み 100 回のうち ${jaNumber(percent)} 回以上は、この幅に収まります。`,
  none: {
    beginning_not_seen: "終了見込みは出せません（開始時刻が不明なジョブがあるため）",
    too_few_observations: "終了見込みは出せません（比較できる実績が足りないため）",
    older_than_all: "終了見込みは出せません（実績より長いジョブがあるため）",
    may_never_end: "終了見込みは出せません（同種のジョブの終了例が足りないため）",
    list_disagrees: "終了見込みは出せません（件数と一覧が一致しないため）",
    jobs_still_start: "終了見込みは出せません（停止後に始まったジョブがあるため）",
    read_only: "終了見込みは出せません（読み取り専用中）",
    count_unknown: "終了見込みは出せません（件数が不明なため）",
  },
};

export type ForecastMessages = typeof forecastJa;

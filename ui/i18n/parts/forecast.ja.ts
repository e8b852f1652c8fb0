import { jaNumber } from "../format";

export const forecastJa = {
  between: (from: string, to: string) => `0 件になる見込み ${from}〜${to}`,
  basis: (basis: number) => `過去の実行 ${jaNumber(basis)} 件から`,
  basisTooltip: (percent: number) =>
    `この接続で終了まで確認したジョブの所要時間から求めています。見込み 100 回のうち ${jaNumber(percent)} 回以上は、この幅に収まります。`,
  // Of a length that stands in one line beside the count.
  none: {
    beginning_not_seen: "見込みなし：開始が不明なジョブがあります",
    too_few_observations: "見込みなし：比較できる過去の実行が足りません",
    older_than_all: "見込みなし：過去最長を超えたジョブがあります",
    may_never_end: "見込みなし：同種ジョブの終了例が足りません",
    list_disagrees: "見込みなし：件数と一覧が一致していません",
    jobs_still_start: "見込みなし：停止後に始まったジョブがあります",
    read_only: "見込みなし：読み取り専用では終わらないものがあります",
    count_unknown: "見込みなし：件数が不明です",
  },
};

export type ForecastMessages = typeof forecastJa;

import { jaNumber } from "../format";

export const procedureJa = {
  title: "推奨の順序",
  stepDone: "済み",
  stepNext: "次",
  steps: {
    stop: "ジョブを止める",
    drain: "実行中がなくなるのを待つ",
    read_only: "読み取り専用にする",
    quiet: "静止を待つ",
    work: "作業する",
    reopen: "元に戻す",
  },
  modeOn: "ON を確認済み",
  modeOff: "OFF です",
  modeUnknown: "状態が不明です",
  running: (count: number) => `実行中 ${jaNumber(count)} 件`,
  drained: "実行中 0 件",
  drainedButConductors: (conductors: number) => `実行中 0 件。Conductor ${jaNumber(conductors)} 件が残っています`,
  countUnknown: "件数が不明です。0 件とは限りません",
  readOnlyHint: "緊急停止・一時停止の解除はできなくなります",
  frozen: "件数が減らないことがあります。読み取り専用を解除し、ジョブ停止は続けてください",
  frozenAndOpen: "件数が減らないことがあります。先にジョブ停止を ON にし、そのあと読み取り専用を解除してください",
  quietHint: "目安は 90 分。サービスを再起動したなら不要です",
  workHint: "バックアップやアップグレード",
  reopenHint: "読み取り専用 → ジョブ停止の順に解除",
};

export type ProcedureMessages = typeof procedureJa;

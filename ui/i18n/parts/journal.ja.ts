import type { ProcedurePhase } from "../../generated/ProcedurePhase";
import { jaNumber } from "../format";

export const journalJa = {
  title: "記録",
  empty: "まだ記録はありません",
  expand: "記録をすべて表示",
  collapse: "記録を閉じる",
  kind: "種類",
  kinds: {
    all: "すべて",
    switch: "切り替え",
    change: "別の場所での変更",
    procedure: "手順",
    export: "出力",
    connection: "接続",
  },
  search: "記録を絞り込み",
  noneFound: "当てはまる記録はありません",
  more: "さらに前の記録を表示",
  connected: (user: string, address: string) => `${address} に ${user} で接続`,
  loginRefused: (user: string) => `${user} のログインが拒否されたため通信を停止`,
  switchRequested: (mode: string, on: boolean) => `${mode} → ${on ? "ON" : "OFF"} を要求`,
  switched: {
    done: (mode: string, on: boolean) => `${mode} → ${on ? "ON" : "OFF"}、読み戻し一致`,
    refused: (mode: string, on: boolean) => `${mode} → ${on ? "ON" : "OFF"} は拒否された`,
    without_effect: (mode: string, on: boolean) => `${mode} → ${on ? "ON" : "OFF"}、受け付けられたが変化なし`,
    unknown: (mode: string, on: boolean) => `${mode} → ${on ? "ON" : "OFF"}、結果不明`,
  },
  observed: (mode: string, on: boolean) => `${mode}が別の場所で ${on ? "ON" : "OFF"} に`,
  suspect: (mode: string) => `${mode}が OFF と応答（要確認）`,
  phase: {
    not_started: "手順：未開始",
    scheduled: "手順：開始を予約",
    stopping_jobs: "手順：ジョブの停止を開始",
    draining: "手順：実行中のジョブの終了待ちを開始",
    point_of_no_return: "手順：ジョブはすべて終了、読み取り専用化の確認待ち",
    going_read_only: "手順：読み取り専用化を開始",
    quiet_gate: "手順：書き込みが止まるまでの待機を開始",
    work: "手順：作業を開始",
    ending_read_only: "手順：読み取り専用の解除を開始",
    checking: "手順：再開前の確認を開始",
    starting_jobs: "手順：ジョブの再開を開始",
    watching: "手順：再開後の監視を開始",
    finished: "手順：完了",
    gave_up: "手順：期限までに終わらず打ち切り（モードはそのまま）",
    aborted: "手順：中止（モードはそのまま）",
  } as Record<ProcedurePhase, string>,
  exported: (rows: number, path: string) => `${jaNumber(rows)} 行を ${path} に出力`,
  evidencePacked: (files: number, path: string) => `作業記録 ${jaNumber(files)} ファイルを ${path} に出力`,
  by: (workstationUser: string, user: string) => `${workstationUser}（${user}）`,
};

export type JournalMessages = typeof journalJa;

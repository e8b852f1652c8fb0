import { jaNumber } from "../format";

export const journalJa = {
  title: "記録",
  empty: "まだ記録はありません",
  expand: "記録をすべて表示",
  collapse: "記録を閉じる",
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
  exported: (rows: number, path: string) => `${jaNumber(rows)} 行を ${path} に出力`,
  by: (workstationUser: string, user: string) => `${workstationUser}（${user}）`,
};

export type JournalMessages = typeof journalJa;

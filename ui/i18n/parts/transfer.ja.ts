import { jaNumber } from "../format";

export const transferJa = {
  exported: "接続を書き出しました",
  exportedCount: (count: number) => `${jaNumber(count)} 件の接続を書き出しました。`,
  withoutPasswords:
    "パスワードは入っていません。アドレス、ユーザー名、証明書の指紋、プロキシーの設定は入っているので、渡す相手に注意してください。",
  exportFailed: "接続を書き出せませんでした",
  exportAgain: "もう一度書き出す…",
  title: "接続をファイルから読み込む",
  importFailed: "接続を読み込めませんでした",
  chooseAnother: "別のファイルを選ぶ…",
  intro:
    "まだ何も追加していません。アドレスと証明書の指紋は、パスワードを送る相手を決めます。確かめてから追加してください。",
  empty: "このファイルに接続は入っていません。何も追加していません。",
  allSaved: "ファイルの接続は、すべて同じ設定で保存済みです。何も追加していません。",
  all: "すべて選ぶ",
  choose: (name: string) => `「${name}」を追加`,
  columns: { environment: "環境", name: "名前", address: "アドレス", user: "ユーザー", outcome: "追加すると" },
  caFile: "CA ファイル",
  caFileMissing: "この CA ファイルがありません。追加後に、接続の設定で指定し直してください。",
  acceptsExpired: "期限切れも許可",
  proxy: (url: string) => `プロキシー：${url}`,
  agree: {
    plain: "暗号化されないことを承知のうえで追加します",
    expired: "有効期間の外でも、この証明書を受け入れます",
  },
  adds: "追加します",
  addsAs: (name: string) => `「${name}」として追加します`,
  leaves: "追加しません",
  standing: {
    taken: "同名の接続を残します。",
    already_saved: "同じ設定で保存済み。",
  },
  chosen: (chosen: number, total: number) => `${jaNumber(total)} 件のうち ${jaNumber(chosen)} 件を追加します。`,
  noneChosen: "何も選んでいません。",
  agreementMissing: (count: number) => `確認が必要な項目が ${jaNumber(count)} 件あります。`,
  add: "選んだ接続を追加",
  added: (count: number) => `${jaNumber(count)} 件の接続を追加しました。`,
  addedText: "パスワードはファイルに入っていません。はじめて接続するときに入力してください。",
};

export type TransferMessages = typeof transferJa;

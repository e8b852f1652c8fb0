import { jaNumber } from "../format";

export const modesJa = {
  region: "メンテナンスモード",
  explain: {
    job_stop: {
      on: "新しいジョブは始まりません。実行中のジョブは最後まで続きます。",
      off: "ON にすると、新しいジョブは始まりません。実行中のジョブは最後まで続きます。",
    },
    read_only: {
      on: "登録・更新は拒否されます。全バックヤードの停止には最長 83 分かかります。",
      off: "ON にすると、登録・更新はすべて拒否され、全バックヤードが止まります。",
    },
  },
  confirmedAt: (time: string) => `${time} に確認`,
  lastKnown: (value: string, time: string) => `最後に分かった値：${value}（${time}）`,
  staleAt: (time: string) => `${time} 時点（その後は不明）`,
  suspectOff: "OFF？",
  suspectSince: (time: string) => `${time} から値は OFF ですが、設定表を読めていないおそれがあります`,
  notReadYet: "まだ確認していません",
  notKnown: "ON か OFF か分かりません",
  switching: "切り替えて、読み戻しています…",
  switchLabel: (mode: string) => `${mode}を切り替える`,
  busyElsewhere: "ほかの切り替えが終わるまでお待ちください。",
  notOpen: "接続していないため、切り替えできません。",
  title: (mode: string, on: boolean) => `${mode}を ${on ? "ON" : "OFF"} にします`,
  what: "起こること",
  whatHappens: {
    job_stop: {
      on: [
        "新しいジョブは開始されません。利用者が登録した作業は「未実行」のまま待ちます。",
        "実行中のジョブは最後まで続きます。",
        "切り替え直後は数秒間、件数が増えることがあります。",
        "Conductor は、Movement を待って「実行中」のまま残ることがあります。",
      ],
      off: ["待っていたジョブが、いっせいに始まります。", "利用者の画面からバナーが消えます（次の画面表示から）。"],
      /** While read-only is on: it stops more than job stop, and its banner wins. */
      offUnderReadOnly: ["読み取り専用が ON の間は、ジョブもバナーも変わりません。"],
      offMaybe: ["読み取り専用が OFF なら、待っていたジョブがいっせいに始まります。"],
    },
    read_only: {
      on: [
        "すべての登録・更新・廃止が拒否され、全バックヤードが止まります。",
        "緊急停止、Conductor の一時停止の解除、予約の取消はできなくなります。",
        "一部のサービスは、モードを読み直すまで最長 83 分ほど書き込むことがあります。",
      ],
      off: ["利用者はふたたび登録・更新できます。", "ジョブ停止が OFF なら、待っていたジョブが始まります。"],
    },
  },
  whom: "影響を受けるもの",
  whomText: (organizations: number, workspaces: number, jobs: number, conductors: number) =>
    `${jaNumber(organizations)} オーガナイゼーション、${jaNumber(workspaces)} ワークスペース、実行中のジョブ ${jaNumber(jobs)} 件と Conductor ${jaNumber(conductors)} 件`,
  whomStale: (time: string) => `${time} 時点の値です。いまの値は分かりません。`,
  whomUnknown: "影響範囲は分かりません。",
  bannerAfter: "利用者に見えるバナー",
  bannerNone: "バナーは出なくなります。",
  bannerUnknown: "もう一方のモードが不明なため、分かりません。",
  dangers: {
    jobs_running: {
      title: "ジョブが実行中です。",
      text: "いま読み取り専用にすると実行中のジョブが途中で固まり、終わったことを記録できません。0 件になるまで待つのが安全です。",
    },
    count_unknown: {
      title: "実行中の件数が分かりません。",
      text: "0 件とは限りません。実行中のジョブがあれば途中で固まります。",
    },
    job_stop_off: {
      title: "ジョブ停止は OFF です。",
      unconfirmed: "ジョブ停止が ON かどうかを確認できていません。",
      text: "先にサーバーサイドジョブ停止を ON にし、実行中がなくなるのを待つのが推奨の順序です。",
    },
  },
  again: "確認のあいだに状況が変わりました。",
  againText: "まだ何も切り替えていません。いまの内容を確かめて、もう一度確認してください。",
  typeName: "続けるには、接続の名前を入力してください",
  nameToType: (name: string) => `入力する名前：${name}`,
  nameDiffers: "名前が一致しません。",
  locked: "操作ロックが掛かっています。",
  lockedText: "この環境では、ロックを開けるまで切り替えできません。",
  openLock: "ロックを開ける",
  confirm: {
    job_stop: (on: boolean) => `ジョブ停止を ${on ? "ON" : "OFF"} にする`,
    read_only: (on: boolean) => `読み取り専用を ${on ? "ON" : "OFF"} にする`,
  },
  chooseTitle: (mode: string) => `${mode}をどちらにしますか`,
  chooseSuspectText:
    "値は OFF ですが、この画面の操作ではなく、プラットフォームが設定表を読めていないおそれがあります。どちらにするかを選んでください。切り替えたあとで読み戻して確かめます。",
  chooseText: "いまの状態が分かりません。どちらにするかを選んでください。切り替えたあとで読み戻して確かめます。",
  done: (mode: string, on: boolean) => `${mode}を ${on ? "ON" : "OFF"} にしました。`,
  doneText: (time: string) => `${time} に読み戻し、一致を確認しました。`,
  already: (mode: string, on: boolean) => `${mode}は、すでに ${on ? "ON" : "OFF"} でした。`,
  alreadyText: "何も送っていません。",
  refused: (mode: string) => `${mode}は切り替わりませんでした。`,
  unknown: (mode: string) => `結果不明：${mode}が切り替わったか分かりません。`,
  readBack: (job_stop: string, read_only: string) => `読み戻した値：ジョブ停止 ${job_stop}、読み取り専用 ${read_only}`,
};

export type ModesMessages = typeof modesJa;

/** What the acts of a procedure do, each with the question before it. */
export const procedureActsJa = {
  /** What follows when no job runs any more. */
  thenWaits: "そのあと、実行中のジョブがなくなるのを待ちます。次の切り替えは、あなたが確認するまで行いません。",
  thenGoesOn: "そのあと、実行中のジョブがなくなったら、確認を求めずに読み取り専用にします。",
  automatic: [
    "0 件を 3 回続けて確認し、ジョブ停止の ON を読み直せたときだけ進みます。不明な状態では進みません。",
    "件数に含まれない Conductor が残っていても進みます。残ったものの操作はできなくなります。",
  ],
  /** Beside an act that leaves job stop alone: what it says now. */
  jobStopIs: {
    on: "ジョブ停止は ON のままです。",
    off: "ジョブ停止は OFF です。新しいジョブも始まります。",
    unknown: "ジョブ停止の状態は不明です。新しいジョブが始まるかもしれません。",
  },
  acts: {
    start: {
      title: "メンテナンスの手順を始めます",
      what: ["ジョブ停止を ON にし、読み戻して確かめます。すでに ON なら何も送りません。"],
      button: "始める",
    },
    start_sooner: {
      title: "予約の時刻を待たずに始めます",
      what: ["いまジョブ停止を ON にし、読み戻して確かめます。"],
      button: "始める",
    },
    start_later: {
      title: "メンテナンスの手順を予約します",
      what: [
        "時刻が来たら両方のモードを読み直し、どちらも OFF のときだけ、ジョブ停止を自動で ON にします。",
        "予約はこのアプリが起動している間だけ有効です。終了、スリープ、5 分以上の通信断、別の場所での切り替えがあると、取り消して知らせます。",
        "モードを読めないときは 15 分待ち、それでも読めなければ取り消します。",
        "この許可は、操作ロックが掛かっても残ります。",
      ],
      button: "予約する",
    },
    stop_jobs: {
      title: "ジョブ停止を ON にします",
      what: ["もう一度送り、読み戻して確かめます。"],
      button: "ON にする",
    },
    go_read_only: {
      title: "読み取り専用にします。残っているものの操作ができなくなります",
      what: [
        "読み取り専用を ON にし、読み戻して確かめます。すべての登録・更新が拒否されます。",
        "残っているものに対して、次の操作ができなくなります。",
      ],
      button: "読み取り専用にする",
    },
    begin_work: {
      title: "静止を確認できていないまま作業を始めます",
      what: ["まだ書き込んでいるサービスがあると、バックアップの整合性が失われるおそれがあります。"],
      button: "作業を始める",
    },
    end_read_only: {
      title: "読み取り専用を OFF にします",
      what: ["読み戻して確かめます。ジョブ停止は、次の確認が済むまで変えません。"],
      button: "OFF にする",
    },
    start_jobs: {
      title: "ジョブ停止を OFF にします",
      what: [
        "待っていたジョブがいっせいに始まります。そのあと 10 分間、始まったものを監視します。",
        "監視の間は、F8 キーひとつでジョブをもう一度止められます。確認はありません。",
      ],
      button: "OFF にする",
    },
    switch_off: {
      title: "読み取り専用を OFF にします",
      what: ["残っているジョブが進めるようになります。"],
      button: "OFF にする",
    },
    reopen: {
      title: "元に戻す手順に入ります",
      what: ["読み取り専用を OFF にし、読み戻して確かめます。ジョブ停止は、確認が済むまで変えません。"],
      button: "元に戻す",
    },
    go_on_by_itself: {
      title: "実行中のジョブがなくなったら、自動で読み取り専用にします",
      what: ["この許可は、操作ロックが掛かっても残ります。いつでも保留や取り消しができます。"],
      button: "自動で進むことを許可",
    },
    waive: {
      title: "このバックヤードを待つ対象から外します",
      what: ["実行中でも 0 件とみなします。担当者に確かめてから外してください。"],
      button: "対象から外す",
    },
    abort: {
      title: "手順を中止します",
      what: ["モードは変えません。ON のモードは ON のまま残ります。"],
      button: "中止する",
    },
    options: { title: "手順の設定を変えます", what: ["モードは変わりません。"], button: "変更する" },
    services_restarted: {
      title: "静止待ちを省きます",
      what: ["14 のサービスすべてを再起動したか、レプリカ数を 0 にしたことが条件です。"],
      button: "記録する",
    },
    hold: { title: "自動を保留します", what: ["手順はそのまま続きます。"], button: "保留する" },
    continue: { title: "手順を続けます", what: ["止まったところから続けます。"], button: "続ける" },
    stop_again: {
      title: "ジョブ停止をもう一度 ON にします",
      what: ["新しいジョブは始まらなくなります。始まったものは最後まで動き、手順はそれを待つところに戻ります。"],
      button: "ON にする",
    },
    stop_watch: {
      title: "再開後の監視を終えます",
      what: ["手順を終わりにします。モードは変えません。"],
      button: "終える",
    },
  },
  loses: {
    paused: "一時停止の解除、緊急停止",
    conductor: "緊急停止、一時停止の解除",
    job: "緊急停止。終わったことを記録できず、実行中のまま残ることがあります。",
    unknown: "分かりません。操作できなくなるとみなしてください。",
  },
};

export type ProcedureActsMessages = typeof procedureActsJa;

import { jaNumber } from "../format";
import { procedureJa } from "./procedure.ja";
import { shellJa } from "./shell.ja";

const { buttons, restarted } = procedureJa;

/** A situation to practise on: what it is called, what happens, and what there is to learn. */
export interface Exercise {
  title: string;
  story: string;
  lesson: string;
}

/** What the coach says of a step: what is on the screen, what to do now, and what for. */
interface CoachWords {
  seen: string;
  todo: string;
  why: string;
}

export const practiceJa = {
  title: "練習を選ぶ",
  intro: "このパソコンの中だけで動きます。本物のプラットフォームには触れません。始めるたびに、最初の状態に戻ります。",
  exercises: {
    "ordinary-night": {
      title: "普段の夜",
      story: "十数件のジョブが、始まっては終わっていきます。",
      lesson: "ジョブを止め、0 件を待ち、読み取り専用にし、元に戻すまでを一通り行います。はじめての方はここから。",
    },
    "stuck-job": {
      title: "終わらないジョブ",
      story: "9 時間前から「実行中(遅延)」のままの Ansible のジョブがあり、待っても 0 件になりません。",
      lesson: "担当者に確かめ、緊急停止するかを決めます。緊急停止ができるのは、読み取り専用にする前だけです。",
    },
    "paused-conductor": {
      title: "一時停止中の Conductor",
      story: "2 日前に一時停止した Conductor が、件数に入らずに残っています。",
      lesson: "0 件でも、何も残っていないとは限りません。一時停止を解除できるのは、読み取り専用にする前だけです。",
    },
    "broken-workspace": {
      title: "壊れたワークスペース",
      story: "ワークスペースがひとつ壊れています。全体の一覧が「200 SUCCESS」を返すのに、中身はエラーになります。",
      lesson: "0 件ではなく「不明」です。件数が分からなくても、OFF に戻すことはいつでもできます。",
    },
    "unreadable-flags": {
      title: "読めない設定表",
      story: "両方のモードが ON なのに、2 分おきにプラットフォームが表を読めず、両方 OFF と答えます。",
      lesson: "操作していない OFF は疑ってください。答えが戻るのを待ち、確かめてから作業を続けます。",
    },
    "colleague-switches": {
      title: "ほかの人の操作",
      story: "モードを ON にして 30 秒後、同僚が標準の画面で保存し、両方を OFF に戻してしまいます。",
      lesson: "別の場所での変更に気づき、同僚に声をかけ、ON に戻します。",
    },
    "slow-platform": {
      title: "遅いプラットフォーム",
      story: "500 ワークスペースあり、一覧を読むたびに 5 秒かかります。",
      lesson: "確認の間隔は自動で延びます。いつの時点の表示かに注意します。",
    },
    "many-jobs": {
      title: "10 万件のジョブ",
      story: "10 万件のジョブが一度に実行されています。",
      lesson: "絞り込みと並べ替えで見たい行を見つけ、CSV に出力します。",
    },
    "ita-2.2": {
      title: "ITA 2.2 の応答",
      story: "古い形式で一覧を返すプラットフォームです。",
      lesson: "見え方も手順も変わりません。バージョンを気にせずに使えることを確かめます。",
    },
    "read-only-too-early": {
      title: "早すぎた読み取り専用",
      story: "ジョブが動いているうちに読み取り専用になりました。ジョブは止まったままで、件数が減りません。",
      lesson: "読み取り専用だけを OFF にし、ジョブ停止は ON のまま、ジョブが終わるのを待ちます。",
    },
  } satisfies Record<string, Exercise>,
  learn: "学ぶこと",
  speed: "ジョブの進む速さ",
  times: (speed: number) => (speed === 1 ? "実際の速さ" : `${jaNumber(speed)} 倍`),
  start: "始める",
  coach: {
    begin: "案内つきで一通り練習する（3 分）",
    region: "練習の案内",
    place: (place: number, of: number) => `${jaNumber(place)} / ${jaNumber(of)}`,
    leave: "案内を終える",
    steps: {
      opening: {
        seen: "練習用プラットフォームを開いています。",
        todo: "そのままお待ちください。",
        why: "このパソコンの中だけで動き、本物には触れません。",
      },
      lock: {
        seen: "ジョブが動いていて、モードはどちらも OFF です。",
        todo: `右上の「${shellJa.lockClosed}」を押して、操作ロックを開けます。`,
        why: "本番では、うっかり押しても何も切り替わらないように、いつもロックが掛かっています。練習も同じです。",
      },
      start: {
        seen: "操作できるようになりました。手順はまだ始まっていません。",
        todo: `「${buttons.start}」を押し、起こることを読んでから始めます。`,
        why: "はじめに止めるのは新しいジョブだけです。動いているジョブは最後まで続きます。",
      },
      scheduled: {
        seen: "手順は、予約した時刻に始まります。",
        todo: `練習では待たずに、「${buttons.startSooner}」を押します。`,
        why: "本番では、夜間の開始をこのように予約できます。",
      },
      read_back: {
        seen: "切り替えを送り、読み戻しています。",
        todo: "読み戻しが終わるのを待ちます。",
        why: "送れただけでは、切り替わったとは限りません。プラットフォームの答えが一致したときだけ、先へ進みます。",
      },
      drain: {
        seen: "新しいジョブは始まらず、実行中の件数が減っていきます。",
        todo: "0 件を 3 回続けて確認するまで、待ちます（1 分ほど）。",
        why: "1 回だけの 0 件は、たまたまかもしれません。一覧が完全で、件数と一致した 0 件だけを数えます。残る Conductor は、このあと確かめます。",
      },
      read_only: {
        seen: "実行中のジョブがなくなりました。件数に入らない Conductor は残ることがあります。",
        todo: `「${buttons.readOnly}」を押し、残っているものを確かめてから進みます。`,
        why: "読み取り専用にすると、残ったものの緊急停止や一時停止の解除ができなくなります。",
      },
      gate: {
        seen: "読み取り専用になりましたが、まだ静止したとは言えません。",
        todo: `「${restarted}」にチェックします。`,
        why: "起動時などにしかモードを読まないサービスがあるためです。本番では、実際に再起動するか、90 分ほど待ちます。",
      },
      quiet: {
        seen: "待っていた条件が、すべて満たされます。",
        todo: `「${buttons.beginWork}」を押します。`,
        why: "0 件、完全な一覧、読み取り専用、静止。四つがそろってはじめて、何も書き込まれないと言えます。",
      },
      work: {
        seen: "本番では、ここでバックアップやアップグレードを行います。",
        todo: `練習では、すぐに「${buttons.endWork}」を押します。`,
        why: "作業中にプラットフォームが応答しなくなるのは想定どおりです。戻ったら知らせます。",
      },
      check: {
        seen: "読み取り専用だけが OFF になりました。ジョブ停止は ON のままです。",
        todo: `3 項目を確かめてチェックし、「${buttons.startJobs}」を押します。`,
        why: "ジョブが動き出す前なら、問題が見つかっても落ち着いて直せます。",
      },
      watch: {
        seen: "ジョブ停止も OFF になり、待っていたジョブがいっせいに始まりました。",
        todo: `一覧をひと目見て、「${buttons.stopWatch}」を押します。`,
        why: "本番では 10 分間、失敗したり停滞したりするジョブがないかを監視します。",
      },
      left: {
        seen: "手順を途中で終えました。ON のモードは ON のままです。",
        todo: `もう一度練習するには、「${buttons.startAgain}」を押します。`,
        why: "途中でやめても、モードは自動では戻りません。本番では、戻し忘れがいちばん困ります。",
      },
    } satisfies Record<string, CoachWords>,
    learnt: {
      title: "一通り終わりました。学んだこと：",
      points: [
        "止める：ジョブ停止 → 0 件 → 読み取り専用。戻すときは逆。",
        "残ったものへの対処は、読み取り専用にする前に済ませます。",
        "0 件は 3 回続けて確かめます。「不明」は 0 件ではありません。",
        "切り替わったと言えるのは、読み戻した値が一致したときだけです。",
      ],
    },
    connect: shellJa.connect,
    another: "ほかの練習を選ぶ…",
  },
};

export type PracticeMessages = Omit<typeof practiceJa, "exercises"> & {
  exercises: Record<keyof (typeof practiceJa)["exercises"], Exercise>;
};

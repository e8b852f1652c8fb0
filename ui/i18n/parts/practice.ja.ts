import { jaNumber } from "../format";

/** A situation to practise on: what it is called, what happens, and what there is to learn. */
export interface Exercise {
  title: string;
  story: string;
  lesson: string;
}

export const practiceJa = {
  title: "練習を選ぶ",
  intro: "このパソコンの中だけで動きます。本物のプラットフォームには触れません。始めるたびに、最初の状態に戻ります。",
  exercises: {
    "ordinary-night": {
      title: "普段の夜",
      story: "十数件の作業が、始まっては終わっていきます。",
      lesson: "ジョブを止め、0 件を待ち、読み取り専用にし、元に戻すまでを一通り行います。はじめての方はここから。",
    },
    "stuck-job": {
      title: "終わらない作業",
      story: "9 時間前から「実行中(遅延)」のままの Ansible 作業があり、待っても 0 件になりません。",
      lesson: "担当者に確かめ、緊急停止するかを決めます。緊急停止ができるのは、読み取り専用にする前だけです。",
    },
    "paused-conductor": {
      title: "一時停止中の Conductor",
      story: "2 日前に一時停止された Conductor が残っています。件数には入りません。",
      lesson: "0 件でも何も残っていないとは限りません。再開できるのは、読み取り専用にする前だけです。",
    },
    "broken-workspace": {
      title: "壊れたワークスペース",
      story: "ワークスペースがひとつ壊れていて、全体の一覧が「200 SUCCESS」の中のエラーに変わります。",
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
      lesson: "別の場所での変更に気づき、同僚に声をかけ、もう一度 ON にします。",
    },
    "slow-platform": {
      title: "遅いプラットフォーム",
      story: "500 ワークスペースあり、一覧を読むたびに 5 秒かかります。",
      lesson: "確認の間隔は自動で延びます。表示がいつの時点のものかを見て判断します。",
    },
    "many-jobs": {
      title: "10 万件の作業",
      story: "10 万件が一度に実行中です。",
      lesson: "絞り込みと並べ替えで見たい行を見つけ、CSV に出力します。",
    },
    "ita-2.2": {
      title: "ITA 2.2 の答え",
      story: "古い形で一覧を返すプラットフォームです。",
      lesson: "見え方も手順も変わりません。バージョンを気にせずに使えることを確かめます。",
    },
    "read-only-too-early": {
      title: "早すぎた読み取り専用",
      story: "作業が動いているうちに読み取り専用になり、固まっています。件数は減りません。",
      lesson: "読み取り専用だけを OFF にし、ジョブ停止は ON のまま、作業が終わるのを待ちます。",
    },
  } satisfies Record<string, Exercise>,
  learn: "学ぶこと",
  speed: "作業の進む速さ",
  times: (speed: number) => (speed === 1 ? "実際の速さ" : `${jaNumber(speed)} 倍`),
  start: "始める",
};

export type PracticeMessages = Omit<typeof practiceJa, "exercises"> & {
  exercises: Record<keyof (typeof practiceJa)["exercises"], Exercise>;
};

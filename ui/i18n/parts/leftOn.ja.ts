export const leftOnJa = {
  title: (connection: string, sentence: string) => `${connection}：${sentence}`,
  since: (mode: string, duration: string) => `${mode}が ON のままかもしれません（${duration}前から）。`,
  atLeast: (mode: string, duration: string) => `${mode}が ON のままかもしれません（少なくとも ${duration}前から）。`,
  on: (mode: string) => `${mode}が ON のままかもしれません。`,
  switched: (time: string) => `最後の切り替え ${time}（記録）`,
  switchedAndSeen: (switched: string, seen: string) => `${switched}・${seen}`,
  seen: (time: string) => `ON を最後に確認 ${time}`,
  doubtful: (mode: string) => `${mode}の値が OFF に変わりました。`,
  doubtfulText:
    "この端末の操作ではありません。別の人が解除したか、プラットフォームが設定表を読めていないかの、どちらかです。接続を開いて確かめてください。",
  connect: "この接続を開く",
};

export type LeftOnMessages = typeof leftOnJa;

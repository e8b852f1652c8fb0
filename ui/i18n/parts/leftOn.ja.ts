export const leftOnJa = {
  title: (connection: string, sentence: string) => `${connection}: ${sentence}`,
  since: (mode: string, duration: string) => `${mode}が ${duration}前から ON のままです。`,
  atLeast: (mode: string, duration: string) => `${mode}が少なくとも ${duration}前から ON のままです。`,
  on: (mode: string) => `${mode}が ON です。`,
  switched: (time: string) => `記録にある最後の切り替えは ${time} です。`,
  seen: (time: string) => `最後に ON を確認したのは ${time} です。`,
  doubtful: (mode: string) => `${mode}が OFF と答えました。この端末の操作ではありません。`,
  doubtfulText: (time: string) =>
    `${time} に気づきました。別の人が解除したか、プラットフォームが設定表を読めずに OFF と答えています。接続して確かめてください。`,
  connect: "接続",
};

export type LeftOnMessages = typeof leftOnJa;

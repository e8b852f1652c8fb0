import type { ReasonTexts } from "./types";

/** Which value cannot be used, and what to do about it, by the reason that comes with `bad_argument`. */
export const reasonsJa: ReasonTexts = {
  name: {
    meaning: "接続の名前が空か、長すぎるか、制御文字を含んでいます。",
    action: "接続を編集し、別の名前にしてください。",
  },
  name_taken: {
    meaning: "同じ名前の接続がすでにあります。",
    action: "別の名前にしてください。",
  },
  user: {
    meaning: "ユーザー名が空か、長すぎるか、使えない文字を含んでいます。",
    action: "接続を編集し、ユーザー名を確認してください。",
  },
  user_colon: {
    meaning: "ユーザー名に「:」は使えません。プラットフォームが区切りとして扱います。",
    action: "接続を編集し、ユーザー名を確認してください。",
  },
  password_colon: {
    meaning: "Basic ログインでは、プラットフォームがパスワードをコロンで切ってしまいます。",
    action: "接続を編集し、ログイン方式をトークンにするか、コロンのないパスワードに変えてください。",
  },
  password_empty: {
    meaning: "パスワードが空です。",
    action: "パスワードを入力してください。",
  },
  password_line: {
    meaning: "パスワードに改行か NUL 文字が含まれています。パスワードは 1 行です。",
    action: "パスワードを入れ直してください。",
  },
  tls_version: {
    meaning: "サーバーが TLS 1.1 以前にしか対応していません。安全でないため、この製品では使いません。",
    action: "サーバーの管理者に、TLS 1.2 か 1.3 を有効にするよう依頼してください。",
  },
  poll_seconds: {
    meaning: "確認の間隔が、使える範囲にありません。",
    action: "接続を編集し、間隔を直してください。",
  },
  zone: {
    meaning: "その名前のタイムゾーンはありません。",
    action: "接続を編集し、Asia/Tokyo のような名前にするか、自動にしてください。",
  },
  pin: {
    meaning: "固定する指紋が SHA-256 ではありません。",
    action: "16 進数 64 桁の指紋を貼り付けてください。コロンと空白はあっても構いません。",
  },
  fingerprint: {
    meaning: "固定した指紋が SHA-256 ではありません。",
    action: "接続を編集し、16 進数 64 桁の指紋を貼り付けてください。",
  },
  not_https: {
    meaning: "http のアドレスには、確かめる証明書がありません。",
    action: "https:// で始まるアドレスを使ってください。",
  },
  proxy: {
    meaning: "プロキシーのアドレスが使えません。",
    action: "接続を編集し、http://proxy.example.co.jp:8080 のような形に直してください。",
  },
  ca_file: {
    meaning: "CA 証明書のファイルを読めないか、中に証明書がありません。",
    action: "接続を編集し、PEM 形式のファイルを選んでください。読めない理由は詳細にあります。",
  },
  "filter.text": {
    meaning: "絞り込みの文字列が長すぎます。1,000 文字までです。",
    action: "短くしてください。",
  },
  start_at: {
    meaning: "開始の時刻がすでに過ぎています。何も始めていません。",
    action: "これからの時刻にするか、すぐに始めてください。",
  },
  give_up_at: {
    meaning: "待つ期限がすでに過ぎているか、開始より前です。何も始めていません。",
    action: "開始よりあとの時刻にするか、期限をなしにしてください。",
  },
  connection: {
    meaning: "その接続は、もう保存されていません。",
    action: "一覧から接続を選び直してください。",
  },
};

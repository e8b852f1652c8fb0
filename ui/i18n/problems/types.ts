import type { ProblemCode } from "../../generated/ProblemCode";

export interface ProblemText {
  /** What happened, as a sentence. */
  title: string;
  /** What it means for the person. */
  meaning: string;
  /** What to do now. */
  action: string;
}

/** A record over the codes: a code without words does not compile. */
export type ProblemTexts = Readonly<Record<ProblemCode, ProblemText>>;

/** What a problem can be about more closely: the first word of its reason. */
export type Reason =
  | "name"
  | "name_taken"
  | "user"
  | "user_colon"
  | "password_colon"
  | "password_empty"
  | "password_line"
  | "tls_version"
  | "poll_seconds"
  | "zone"
  | "pin"
  | "fingerprint"
  | "start_at"
  | "give_up_at"
  | "not_https"
  | "proxy"
  | "ca_file"
  | "filter.text"
  | "connection";

export type ReasonTexts = Readonly<Record<Reason, Omit<ProblemText, "title">>>;

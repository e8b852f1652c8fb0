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

import "react";

declare module "react" {
  interface CSSProperties {
    /** `grid-template-columns` of every row. */
    "--job-columns"?: string;
  }
}

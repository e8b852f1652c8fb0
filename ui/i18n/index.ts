export { createFormat, type Format } from "./format";
export type { Messages } from "./ja";
export { type ProblemText, problemText, problemWords, type Severity, severityOf } from "./problems";
export { I18nProvider, resolveLanguage, useFormat, useLanguage, useMessages } from "./provider";

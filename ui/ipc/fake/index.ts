export { FakeBackend } from "./backend";
export { candidate, teamFile } from "./importing";
export { withManyRows } from "./manyRows";
export * from "./samples";
export { fakeFromQuery } from "./scenarios";
export { oddRows } from "./scenarios.jobs";
export { otherPin, pinnedLeaf, selfSigned, testReport, testReportNamed } from "./testSteps";

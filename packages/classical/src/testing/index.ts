export { type LearnerCheckOptions, learnerChecks } from "./learner-checks.js";
export { sampleItems } from "./sample-items.js";

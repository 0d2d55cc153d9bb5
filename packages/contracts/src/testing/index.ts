export * from "./check.js";
export * from "./classifier-checks.js";
export { embedderChecks } from "./embedder-checks.js";
export * from "./explanation-checks.js";
export * from "./generator-checks.js";
export * from "./model-checks.js";
export * from "./tagger-checks.js";

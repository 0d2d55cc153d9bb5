export * from "./learner.js";
export * from "./learners.js";
export { decodeModel, type EncodeOptions, encodeModel, type Params, type SavedModel } from "./model-file.js";

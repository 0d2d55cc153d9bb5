import { linearScoresOf } from "../learners.js";
import type { EncodeOptions, SavedModel } from "../model-file.js";

/**
 * What `encodeModel` takes to keep a classifier's weights in 8 bits, with a scale an output; nothing where a model has
 * none, as naive Bayes, whose counts are small whole numbers already.
 */
export function int8Weights(model: SavedModel): NonNullable<EncodeOptions["quantize"]> {
  const outputs = linearScoresOf(model)?.outputs;
  const hasWeights = "weights" in model.params && model.params.weights instanceof Float32Array;
  return outputs !== undefined && hasWeights ? { weights: outputs } : {};
}

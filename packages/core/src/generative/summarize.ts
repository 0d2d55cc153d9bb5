import type { ConditionalDensity, ModelCard, TextGenerator } from "@bifocal/contracts";
import type { GeneratingEngine } from "../engines/engine.js";
import type { ModelConfig } from "../hub/model-config.js";
import { createGenerator } from "./generate.js";

/** A model that writes summaries, told its task as its training told it ("summarize: " for T5). */
export function createSummarizer(
  engine: GeneratingEngine,
  card: ModelCard,
  config: ModelConfig,
): TextGenerator & ConditionalDensity {
  const prefix = config.task_specific_params?.summarization?.prefix ?? config.prefix ?? "";
  return createGenerator(engine, card, (text, options) =>
    text.trim() === "" ? undefined : { text: prefix + text, options },
  );
}

import { BifocalError, throwIfAborted } from "@bifocal/contracts";
import { textUnits } from "../features/text-units.js";
import type { Learner } from "../learner.js";
import { giveWay } from "../text-writer.js";
import { packForest } from "./ngram-forest.js";
import type { NgramParams } from "./ngram-params.js";
import { ngramSettings, ngramTrainer, unitOf } from "./ngram-settings.js";
import { learnSpellings } from "./ngram-spelling.js";
import { chooseVocabulary, encoder, symbolCount } from "./ngram-vocabulary.js";

/**
 * N-grams of texts by interpolated modified Kneser-Ney smoothing (Chen & Goodman 1998), as KenLM estimates them; units
 * that are too rare are learned as spellings.
 */
export const ngramLearner: Learner<"texts"> = {
  name: "ngram",
  family: "interpolated modified Kneser-Ney n-gram model",
  paradigm: "generative",
  tasks: ["text-generation"],
  reads: "texts",
  settings: ngramSettings,
  async train(items, settings, { signal, onProgress }): Promise<NgramParams> {
    if (items.length === 0)
      throw new BifocalError("invalid-input", "There are no texts to learn from. Give one or more.");
    const unit = unitOf(settings);
    const train = ngramTrainer(settings);
    const iterations = (settings.order as number) + 3;
    let iteration = 0;
    const step = (): void => {
      throwIfAborted(signal);
      if (iteration > 0) onProgress?.({ iteration, iterations });
      iteration++;
    };
    step();
    const texts = items.map(({ text }) => textUnits[unit].split(text));
    const { known, rare } = chooseVocabulary(texts, settings.minimumCount as number);
    step();
    await giveWay({ signal });
    const model = train(texts.map(encoder(known)), symbolCount(known), step);
    await giveWay({ signal });
    const forest = packForest([model, learnSpellings(rare)], settings.bits as number);
    step();
    return { kind: "ngram", version: 2, unit, vocabulary: known, ...forest };
  },
};

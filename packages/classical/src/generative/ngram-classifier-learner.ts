import { BifocalError, throwIfAborted } from "@bifocal/contracts";
import { textUnits } from "../features/text-units.js";
import type { LabelledText, Learner, Settings } from "../learner.js";
import { giveWay } from "../text-writer.js";
import type { BackoffNgrams } from "./ngram-backoff.js";
import type { NgramClassifierParams } from "./ngram-classifier.js";
import { packForest } from "./ngram-forest.js";
import { ngramSettings, ngramTrainer, unitOf } from "./ngram-settings.js";
import { learnSpellings } from "./ngram-spelling.js";
import { chooseVocabulary, encoder, symbolCount } from "./ngram-vocabulary.js";

const largestWeight = 1000;

/**
 * An n-gram model of the texts of each label (Peng, Schuurmans & Wang 2004, Augmenting naive Bayes classifiers with
 * statistical language models), over the units that all of them together know.
 */
export const ngramClassifierLearner: Learner<"labelled-texts"> = {
  name: "ngram-classifier",
  family: "interpolated modified Kneser-Ney n-gram model of each label",
  paradigm: "generative",
  tasks: ["text-classification", "sentiment-analysis"],
  reads: "labelled-texts",
  settings: {
    ...ngramSettings,
    unit: { ...ngramSettings.unit, default: "characters" },
    order: { ...ngramSettings.order, default: 5 },
    priors: {
      type: "string",
      choices: ["data", "uniform"],
      default: "data",
      about: "p(label): as in the items, or uniform",
    },
  },
  async train(items, settings, { signal, onProgress }): Promise<NgramClassifierParams> {
    throwIfAborted(signal);
    const unit = unitOf(settings);
    const train = ngramTrainer(settings);
    const texts = readTexts(items, textUnits[unit].split);
    const labels = [...new Set(items.map(({ label }) => label))].sort();
    const logPriors = priorsOf(labels, texts, settings);
    const { known, rare } = chooseVocabulary(
      texts.map(({ units }) => units),
      settings.minimumCount as number,
    );
    const encode = encoder(known);
    const encoded = texts.map(({ label, units }) => ({ label, symbols: encode(units) }));
    const models: BackoffNgrams[] = [];
    for (const label of labels) {
      const own = encoded.filter((each) => each.label === label).map(({ symbols }) => symbols);
      models.push(train(own, symbolCount(known), () => throwIfAborted(signal)));
      onProgress?.({ iteration: models.length, iterations: labels.length });
      await giveWay({ signal });
    }
    const forest = packForest([...models, learnSpellings(rare)], settings.bits as number);
    return { kind: "ngram-classifier", version: 1, labels, logPriors, unit, vocabulary: known, ...forest };
  },
};

interface ReadText {
  readonly label: string;
  readonly units: readonly string[];
}

/** Each text as its units, as often as its weight says. */
function readTexts(items: readonly LabelledText[], split: (text: string) => string[]): ReadText[] {
  const texts = items.flatMap(({ text, label, weight = 1 }, i) => {
    if (!Number.isInteger(weight) || weight > largestWeight)
      throw new BifocalError(
        "invalid-input",
        `Item ${i + 1} has the weight ${weight}; n-grams are counted whole. Give whole weights up to ${largestWeight}.`,
      );
    return Array<ReadText>(weight).fill({ label, units: split(text) });
  });
  if (texts.some(({ units }) => units.length > 0)) return texts;
  throw new BifocalError("invalid-input", "There are no texts to learn from. Give texts that are not empty.");
}

function priorsOf(labels: readonly string[], texts: readonly ReadText[], { priors }: Settings): number[] {
  if (labels.length < 2)
    throw new BifocalError("invalid-input", "The texts have fewer than two labels. Give texts of two labels or more.");
  if (priors === "uniform") return labels.map(() => -Math.log(labels.length));
  const counts = new Map<string, number>();
  for (const { label } of texts) counts.set(label, (counts.get(label) ?? 0) + 1);
  return labels.map((label) => Math.log((counts.get(label) as number) / texts.length));
}

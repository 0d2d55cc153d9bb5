import { BifocalError, fingerprint } from "@bifocal/contracts";
import type { LabelledText, Learner } from "../learner.js";
import { cardOf, checkSettings, learnerNamed, learners, seedOf, textOfItem } from "../learners.js";
import type { SavedModel } from "../model-file.js";
import { checkItems } from "./check-items.js";
import { checkOptionNames } from "./check-options.js";
import { numberList } from "./number-list.js";
import { cardOptionNames, type TrainOptions } from "./train-options.js";
import { version } from "./version.js";

/** What a training is told that goes on as texts come. */
export interface PartialTrainingOptions
  extends Omit<TrainOptions, "dev" | "metric" | "onAbort" | "onProgress" | "patience" | "signal" | "workers"> {
  /** All labels that texts may have, two or more: they cannot be added later. */
  readonly labels: readonly string[];
}

/** A classifier that learns from texts as they come. */
export interface PartialTraining {
  /**
   * Learns from texts, in their order: the same texts in the same order give the same model, in however many calls.
   * @throws {BifocalError} `invalid-input` for a label that was not named at the start; nothing is learned then.
   */
  partialFit(items: readonly LabelledText[]): void;
  /** The model so far, for `openModel` and `encodeModel`. @throws {BifocalError} `invalid-input` where it learned nothing yet, or naive Bayes no text of some label. */
  model(): SavedModel;
}

const partialOptionNames: Readonly<Record<keyof PartialTrainingOptions, true>> = {
  labels: true,
  settings: true,
  seed: true,
  task: true,
  ...cardOptionNames,
};

/** Columns that terms are hashed into where the settings do not say. */
const usualHashBits = 18;

/**
 * Begins a classifier that learns from a few texts at a time, and may be used in between: `online-logistic-regression`
 * by AdaGrad, `naive-bayes` by counting. Terms are hashed (`hashBits`, default 18), for the vocabulary is not known
 * beforehand; what is learned from all texts at once (tf-idf, balanced labels) is refused.
 * @throws {BifocalError} `unknown-model`, `unsupported` for another learner, `unknown-option`, `invalid-input`.
 * @example
 * const training = trainPartially("naive-bayes", { id: "mine", labels: ["negative", "positive"] });
 * training.partialFit([{ text: "good", label: "positive" }, { text: "bad", label: "negative" }]);
 * const model = openModel(training.model());
 */
export function trainPartially(name: string, options: PartialTrainingOptions): PartialTraining {
  checkOptionNames("trainPartially", options, partialOptionNames);
  const learner = learnerNamed(name);
  if (learner.partialFitter === undefined) throw notPartial(name);
  const { settings: given, seed, task = learner.tasks[0] } = options;
  const settings = checkSettings(learner, { hashBits: usualHashBits, ...given });
  const labels = checkLabels(options.labels);
  const fitter = learner.partialFitter(labels, settings);
  const texts = numberList();
  let items = 0;
  return {
    partialFit(more) {
      checkItems(more, learner.reads);
      checkKnown(more, labels);
      fitter.partialFit(more);
      for (const item of more) texts.add(fingerprint(textOfItem(item)));
      items += more.length;
    },
    model() {
      if (items === 0) throw new BifocalError("invalid-input", "Nothing is learned yet: call partialFit first.");
      const training = { learner: name, settings, seed: seedOf(settings, seed), version: version(), items };
      return {
        card: { ...cardOf(learner, task, options), training },
        params: fitter.params(),
        trainingTexts: texts.distinct(),
      };
    },
  };
}

function notPartial(name: string): BifocalError {
  const able = Object.values<Learner>(learners).flatMap((each) => (each.partialFitter ? [each.name] : []));
  return new BifocalError(
    "unsupported",
    `${name} learns from all items at once. A few at a time can be learned by ${able.join(" and ")}.`,
  );
}

function checkLabels(labels: readonly string[]): string[] {
  const sorted = [...new Set(labels)].sort();
  if (sorted.length >= 2) return sorted;
  throw new BifocalError("invalid-input", "A classifier needs at least two labels: name all that there will be.");
}

function checkKnown(items: readonly LabelledText[], labels: readonly string[]): void {
  const foreign = items.find(({ label }) => !labels.includes(label));
  if (foreign === undefined) return;
  throw new BifocalError(
    "invalid-input",
    `The label "${foreign.label}" was not named at the start; the labels are ${labels.join(", ")}.`,
  );
}

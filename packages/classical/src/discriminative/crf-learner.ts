import type { Learner, ModelKind, TaggedSentence } from "../learner.js";
import { crf } from "./crf.js";
import { chooseOnHeldOut } from "./crf-choose.js";
import { encodeExamples } from "./crf-examples.js";
import { labelsOfSentences } from "./crf-items.js";
import { type CrfParams, tagsOfLabels } from "./crf-params.js";
import { pruned } from "./crf-prune.js";
import { type CrfWeights, trainPerceptron } from "./crf-train.js";

/**
 * Learns a linear-chain tagger by the averaged structured perceptron; see `crf` for what it answers. Sentences held
 * out choose the number of epochs and the temperature; then it learns from all.
 */
export const crfLearner: Learner<"tagged-sentences"> = {
  name: "crf",
  family: "linear-chain CRF, averaged structured perceptron",
  paradigm: "discriminative",
  tasks: ["ner"],
  reads: "tagged-sentences",
  settings: {
    epochs: { type: "integer", min: 1, max: 1000, default: 12, about: "passes over the sentences, at most" },
    seed: { type: "integer", min: 0, max: 2 ** 32 - 1, default: 1, about: "same seed, same model" },
    minimumCount: { type: "integer", min: 1, max: 1000, default: 2, about: "leave out features seen less often" },
    heldOut: { type: "number", min: 0, max: 0.5, default: 0.1, about: "share of sentences that choose the epochs" },
    smallestWeight: { type: "number", min: 0, max: 1000, default: 0, about: "leave out features that weigh no more" },
  },
  async train(items: readonly TaggedSentence[], settings, context): Promise<CrfParams> {
    const tags = tagsOfLabels(labelsOfSentences(items));
    const { features, commonWords, examples } = encodeExamples(items, tags, settings.minimumCount as number);
    const [most, seed] = [settings.epochs as number, settings.seed as number];
    const paramsOf = (learned: CrfWeights, temperature: number): CrfParams =>
      pruned(
        { kind: "crf", version: 1, tags, features, commonWords, ...learned, temperature },
        settings.smallestWeight as number,
      );
    const tell = async (iteration: number, objective: number, learned: () => CrfParams, provisional: boolean) =>
      (await context.afterIteration?.({ iteration, iterations: 2 * most, objective, learned, provisional })) ?? false;
    const common = { seed, signal: context.signal };
    const { epochs, temperature } = await chooseOnHeldOut(examples, tags, features.length, {
      ...common,
      epochs: most,
      heldOut: settings.heldOut as number,
      onEpoch: ({ epoch, errorRate, average }) => tell(epoch, errorRate, () => paramsOf(average(), 1), true),
    });
    const learned = await trainPerceptron(examples, tags, features.length, {
      ...common,
      epochs,
      onEpoch: ({ epoch, errorRate, average }) =>
        tell(most + epoch, errorRate, () => paramsOf(average(), temperature), false),
    });
    return paramsOf(learned, temperature);
  },
};

export const crfKind: ModelKind<CrfParams> = { version: 1, open: crf };

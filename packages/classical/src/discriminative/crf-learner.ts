import { templatesNamed } from "../features/token-templates.js";
import type { Learner, ModelKind, TaggedSentence } from "../learner.js";
import { crf } from "./crf.js";
import { chooseOnHeldOut } from "./crf-choose.js";
import { encodeExamples } from "./crf-examples.js";
import { labelsOfSentences } from "./crf-items.js";
import { type CrfParams, type CrfWeights, largerThan, tagsOfLabels } from "./crf-params.js";
import { trainPerceptron } from "./crf-train.js";

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
    templates: {
      type: "string",
      default: "entities",
      about:
        "what is read around a token: entities, parts-of-speech, or templates such as 'word[0]; lower[-1] lower[0]'",
    },
    minimumCount: { type: "integer", min: 1, max: 1000, default: 2, about: "leave out features seen less often" },
    heldOut: { type: "number", min: 0, max: 0.5, default: 0.1, about: "share of sentences that choose the epochs" },
    smallestWeight: { type: "number", min: 0, max: 1000, default: 0, about: "leave out features that weigh no more" },
  },
  async train(items: readonly TaggedSentence[], settings, context): Promise<CrfParams> {
    const tags = tagsOfLabels(labelsOfSentences(items));
    const templates = templatesNamed(settings.templates as string);
    const { features, commonWords, examples } = encodeExamples(items, tags, {
      templates,
      minimumCount: settings.minimumCount as number,
    });
    const [most, seed] = [settings.epochs as number, settings.seed as number];
    const paramsOf = (learned: CrfWeights, temperature: number): CrfParams =>
({
      kind: "crf",
      version: 2,
      tags,
      templates,
      commonWords,
      ...largerThan(settings.smallestWeight as number, features, learned),
      transitions: learned.transitions,
      temperature,
    });
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

export const crfKind: ModelKind<CrfParams> = { version: 2, open: crf };

import { throwIfAborted } from "@bifocal/contracts";
import { createRowLearner, learnRows } from "./features/learn-rows.js";
import { hashedReading, readRows } from "./features/read-rows.js";
import type { SparseDataset } from "./features/sparse-dataset.js";
import { columnsOf, type TextParams } from "./features/text-params.js";
import { textLearning, textSettings } from "./features/text-settings.js";
import type { Iteration, LabelledText, Learner, Setting, Settings, TrainingContext } from "./learner.js";
import type { Params } from "./model-file.js";

/** A training's context, of which what is learned are params without their reading of texts. */
export type RowTrainingContext<L> = Omit<TrainingContext, "afterIteration"> & {
  readonly afterIteration?: (iteration: Iteration<L>) => boolean | Promise<boolean>;
};

/** The context of a part of a training, where something is done to what the part has learned before it is a model. */
export function learnedAs<L>(
  { afterIteration, ...context }: RowTrainingContext<L>,
  change: (learned: L) => L,
): RowTrainingContext<L> {
  if (afterIteration === undefined) return context;
  return {
    ...context,
    afterIteration: ({ learned, ...iteration }) =>
      afterIteration({ ...iteration, ...(learned && { learned: () => change(learned()) }) }),
  };
}

/** What is special to a learner of texts. */
export interface TextLearnerParts<L extends Params>
  extends Pick<Learner, "name" | "family" | "paradigm" | "bytesPerWeight"> {
  /** Besides those of the features. */
  readonly settings: Readonly<Record<string, Setting>>;
  /** Learns from rows; what it gives goes into the params beside how texts are read. */
  fit(data: SparseDataset, settings: Settings, context: RowTrainingContext<L>): L | Promise<L>;
  /** Begins to learn from rows that come a few at a time, for learners that can. */
  fitPartially?(rows: Pick<SparseDataset, "columns" | "labels">, settings: Settings): RowFitter<L>;
}

/** Learns from rows as they come. */
export interface RowFitter<L> {
  partialFit(rows: SparseDataset): void;
  learned(): L;
}

/** A learner of labelled texts: reads them as features, and learns from the rows. */
export function textLearner<L extends Params>({
  fit,
  fitPartially,
  settings,
  ...parts
}: TextLearnerParts<L>): Learner<"labelled-texts"> {
  return {
    ...parts,
    tasks: ["text-classification", "sentiment-analysis"],
    reads: "labelled-texts",
    settings: { ...textSettings, ...settings },
    async train(items, given, context) {
      throwIfAborted(context.signal);
      const { text, data } = learnRows(items, textLearning(given));
      return learn(text, weighted(data, items), given, context);
    },
    async trainOnStream(items, given, context) {
      const rows = createRowLearner(textLearning(given));
      const weights: Pick<LabelledText, "weight">[] = [];
      for await (const { text, label, weight } of items) {
        throwIfAborted(context.signal);
        rows.add(text, label);
        weights.push(weight === undefined ? unweighted : { weight });
      }
      const { text, data } = rows.finish();
      return learn(text, weighted(data, weights), given, context);
    },
    ...(fitPartially && {
      partialFitter(labels, given) {
        const reading = hashedReading(given);
        const read = readRows({ ...reading, labels });
        const fitter = fitPartially({ columns: columnsOf(reading), labels }, given);
        return {
          partialFit: (items) => fitter.partialFit(read(items)),
          params: () => ({ labels, ...reading, ...fitter.learned() }),
        };
      },
    }),
  };

  async function learn(
    text: Omit<TextParams, keyof Params>,
    data: SparseDataset,
    given: Settings,
    { afterIteration, ...context }: TrainingContext,
  ): Promise<L> {
    const paramsOf = (learned: L): L & Omit<TextParams, keyof Params> => ({ ...text, ...learned });
    const learned = await fit(data, given, {
      ...context,
      ...(afterIteration && {
        afterIteration: ({ learned, ...iteration }) =>
          afterIteration({ ...iteration, ...(learned && { learned: () => paramsOf(learned()) }) }),
      }),
    });
    return paramsOf(learned);
  }
}

const unweighted = {};

/** The rows with the weights that their items say. */
export function weighted(data: SparseDataset, items: readonly Pick<LabelledText, "weight">[]): SparseDataset {
  if (data.weights !== undefined || items.every(({ weight }) => weight === undefined)) return data;
  return { ...data, weights: Float32Array.from(items, ({ weight = 1 }) => weight) };
}

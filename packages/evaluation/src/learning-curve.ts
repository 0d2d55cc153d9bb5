import {
  BifocalError,
  type CallOptions,
  type Model,
  messageOf,
  seededRandom,
  shuffled,
  throwIfAborted,
} from "@bifocal/contracts";
import type { EvaluateOptions, Evaluation } from "./evaluate.js";

/** Something that makes a model of items; called once a size. */
export interface Learner<M extends Model, Item> {
  readonly name: string;
  readonly train: (items: readonly Item[], options: CallOptions) => Promise<M> | M;
}

/** What is trained, on how much, and measured on what. */
export interface LearningCurveOptions<M extends Model, Item> extends CallOptions {
  readonly learners: readonly Learner<M, Item>[];
  readonly train: readonly Item[];
  readonly test: readonly Item[];
  /** How many items of `train` to learn from: whole numbers from 1 to its length. */
  readonly sizes: readonly number[];
  /** Of the order in which items of `train` are drawn (0 to 2^32 - 1). Default 0. */
  readonly seed?: number;
  /** `evaluateClassifier`, `evaluateTagger` and the like. */
  readonly evaluate: (model: M, items: readonly Item[], options: EvaluateOptions) => Promise<Evaluation>;
  readonly onPoint?: (point: CurvePoint) => void;
}

/** What a learner came to with so many items: an evaluation, or why there is none. */
export type CurvePoint = { readonly learner: string; readonly size: number } & (
  | { readonly trainingMilliseconds: number; readonly evaluation: Evaluation }
  | { readonly failure: string }
);

/** How learners do by the number of items that they are trained on. */
export interface LearningCurve {
  readonly seed: number;
  readonly points: readonly CurvePoint[];
}

/**
 * Each learner trained at growing sizes and scored on the same test items. The subsets are nested: one seeded shuffle of
 * `train`, of which a size takes the first so many, the same for every learner, so that curves differ by the learner
 * alone. A learner that fails at a size is recorded as failing there. Each model is closed once scored.
 * @throws {BifocalError} `invalid-input` for a size that `train` does not have; `aborted`.
 * @example
 * const { points } = await learningCurve({ learners, train, test, sizes: [100, 1000], seed: 1, evaluate: evaluateClassifier });
 */
export async function learningCurve<M extends Model, Item>(
  options: LearningCurveOptions<M, Item>,
): Promise<LearningCurve> {
  const { learners, train, seed = 0, signal, onPoint } = options;
  const sizes = [...new Set(options.sizes)].sort((a, b) => a - b);
  checkSizes(sizes, train.length);
  const order = shuffled(train, seededRandom(seed));
  const points: CurvePoint[] = [];
  for (const size of sizes) {
    for (const learner of learners) {
      throwIfAborted(signal);
      const point = await pointOf(learner, order.slice(0, size), options);
      points.push(point);
      onPoint?.(point);
    }
  }
  return { seed, points };
}

async function pointOf<M extends Model, Item>(
  learner: Learner<M, Item>,
  items: readonly Item[],
  { test, evaluate, signal }: LearningCurveOptions<M, Item>,
): Promise<CurvePoint> {
  const call = signal === undefined ? {} : { signal };
  const start = performance.now();
  const named = { learner: learner.name, size: items.length };
  try {
    await using model = await learner.train(items, call);
    const trainingMilliseconds = performance.now() - start;
    const evaluation = await evaluate(model, test, call);
    return { ...named, trainingMilliseconds, evaluation };
  } catch (error) {
    throwIfAborted(signal);
    return { ...named, failure: messageOf(error) };
  }
}

function checkSizes(sizes: readonly number[], available: number): void {
  if (sizes.length === 0) throw new BifocalError("invalid-input", "A learning curve needs one size or more.");
  const odd = sizes.find((size) => !Number.isInteger(size) || size < 1 || size > available);
  if (odd === undefined) return;
  const range = `the training data has ${available} items, so sizes are whole numbers from 1 to ${available}`;
  throw new BifocalError("invalid-input", `A learning curve cannot have the size ${odd}: ${range}.`);
}

import { seededRandom, throwIfAborted } from "@bifocal/contracts";
import { counting } from "../counting.js";
import { selectRows } from "../features/select-rows.js";
import type { SparseDataset } from "../features/sparse-dataset.js";
import type { Settings } from "../learner.js";
import { shuffleInPlace } from "../optimize/shuffle-in-place.js";
import { textLearner } from "../text-learner.js";
import { classWeightSetting, refuseBalanced, weighLabels } from "./class-weights.js";
import type { LearnedLinear } from "./linear-params.js";
import { onlineLinear } from "./online-linear.js";

/** Logistic regression by passes of AdaGrad over the texts: see `onlineLinear`. */
export const onlineLogisticRegressionLearner = textLearner<LearnedLinear>({
  name: "online-logistic-regression",
  family: "logistic regression",
  paradigm: "discriminative",
  settings: {
    l2: { type: "number", min: 0, max: 1000, default: 1e-5, about: "strength of the penalty on large weights" },
    l1: { type: "number", min: 0, max: 1000, default: 0, about: "strength of the penalty that makes weights 0" },
    learningRate: { type: "number", above: 0, max: 100, default: 0.1, about: "how far a first step goes" },
    iterations: { type: "integer", min: 1, max: 10_000, default: 5, about: "pass over the texts so many times" },
    ...classWeightSetting,
  },
  fitPartially(rows, settings) {
    refuseBalanced(settings);
    const { partialFit, learned } = onlineBySettings(rows, settings);
    return { partialFit: (more) => partialFit(weighLabels(more, settings)), learned };
  },
  async fit(given, settings, { signal, seed = 1, afterIteration }) {
    const iterations = settings.iterations as number;
    const data = weighLabels(given, settings);
    const { partialFit, learned } = onlineBySettings(data, settings);
    const [order, random] = [counting(Uint32Array, data.rows), seededRandom(seed)];
    for (let iteration = 1; iteration <= iterations; iteration++) {
      throwIfAborted(signal);
      shuffleInPlace(order, random);
      const objective = partialFit(selectRows(data, [...order]));
      if (await afterIteration?.({ iteration, iterations, objective: () => objective, learned })) break;
    }
    return learned();
  },
});

function onlineBySettings({ columns, labels }: Pick<SparseDataset, "columns" | "labels">, settings: Settings) {
  const { l1, l2, learningRate } = settings as { l1: number; l2: number; learningRate: number };
  const model = onlineLinear({ columns, labels, learningRate, l1, l2 });
  return {
    partialFit: (rows: SparseDataset): number => model.partialFit(rows),
    learned: (): LearnedLinear => ({ kind: "linear", version: 2, link: "softmax", ...model.params() }),
  };
}

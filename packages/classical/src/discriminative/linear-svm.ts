import { calibrationSettings, learnCalibration } from "../calibration/learn-calibration.js";
import type { Margins } from "../calibration/margins.js";
import type { SparseDataset } from "../features/sparse-dataset.js";
import { choiceOf } from "../setting-choice.js";
import { learnedAs, textLearner } from "../text-learner.js";
import type { LearnedLinear } from "./linear-params.js";
import { linearBytesPerWeight, linearSettings, optimizerSetting, trainBySettings } from "./linear-settings.js";
import { marginsOfRows } from "./margins-of-rows.js";

const losses = ["squared-hinge", "hinge"] as const;

/** Linear support vector machine, one against the rest: the least of mean hinge or squared hinge + (l2 / 2) ‖w‖² + l1 ‖w‖₁. */
export const linearSvmLearner = textLearner<LearnedLinear>({
  name: "linear-svm",
  family: "linear support vector machine",
  paradigm: "discriminative",
  settings: {
    ...linearSettings,
    loss: { type: "string", default: "squared-hinge", about: "what a margin below 1 costs: squared-hinge or hinge" },
    ...optimizerSetting,
    ...calibrationSettings,
  },
  bytesPerWeight: linearBytesPerWeight,
  async fit(data, settings, context) {
    const loss = choiceOf("loss", settings.loss, losses);
    const learned = ({ weights, bias }: Pick<LearnedLinear, "weights" | "bias">): LearnedLinear => ({
      kind: "linear",
      version: 1,
      link: "margin",
      weights,
      bias,
    });
    const train = (rows: SparseDataset, watched: typeof context) =>
      trainBySettings(rows, settings, { loss, multiclass: "one-vs-rest" }, watched, learned);
    const { afterIteration: _, ...unwatched } = context;
    const fitMargins = async (rows: SparseDataset) => {
      const trained = await train(rows, unwatched);
      return (heldOut: SparseDataset): Margins => marginsOfRows(trained, heldOut);
    };
    const calibration = await learnCalibration(data, fitMargins, settings, context.seed ?? 1);
    const calibrated = (trained: LearnedLinear): LearnedLinear => ({ ...trained, ...(calibration && { calibration }) });
    return calibrated(learned(await train(data, learnedAs(context, calibrated))));
  },
});

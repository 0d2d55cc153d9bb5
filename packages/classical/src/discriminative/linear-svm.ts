import { calibrationSettings } from "../calibration/learn-calibration.js";
import { textLearner } from "../text-learner.js";
import { fitCalibrated } from "./fit-calibrated.js";
import type { LearnedLinear } from "./linear-params.js";
import { linearBytesPerWeight, linearSettings, optimizerSetting, trainBySettings } from "./linear-settings.js";

const losses = ["squared-hinge", "hinge"] as const;

/** Linear support vector machine, one against the rest: the least of mean hinge or squared hinge + (l2 / 2) ‖w‖² + l1 ‖w‖₁. */
export const linearSvmLearner = textLearner<LearnedLinear>({
  name: "linear-svm",
  family: "linear support vector machine",
  paradigm: "discriminative",
  settings: {
    ...linearSettings,
    loss: { type: "string", choices: losses, default: "squared-hinge", about: "what a margin below 1 costs" },
    ...optimizerSetting,
    ...calibrationSettings,
  },
  bytesPerWeight: linearBytesPerWeight,
  async fit(data, settings, context) {
    const loss = settings.loss as (typeof losses)[number];
    const learned = ({ weights, bias }: Pick<LearnedLinear, "weights" | "bias">): LearnedLinear => ({
      kind: "linear",
      version: 2,
      link: "margin",
      weights,
      bias,
    });
    return fitCalibrated(data, settings, context, async (rows, watched) =>
      learned(await trainBySettings(rows, settings, { loss, multiclass: "one-vs-rest" }, watched, learned)),
    );
  },
});

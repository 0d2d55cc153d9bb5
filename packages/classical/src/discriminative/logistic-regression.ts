import { textLearner } from "../text-learner.js";
import type { LearnedLinear } from "./linear-params.js";
import { linearBytesPerWeight, linearSettings, optimizerSetting, trainBySettings } from "./linear-settings.js";

const multiclassForms = ["multinomial", "one-vs-rest"] as const;

/** Logistic regression: the least of mean −log p(label | text) + (l2 / 2) ‖w‖² + l1 ‖w‖₁. */
export const logisticRegressionLearner = textLearner<LearnedLinear>({
  name: "logistic-regression",
  family: "logistic regression",
  paradigm: "discriminative",
  settings: {
    ...linearSettings,
    multiclass: {
      type: "string",
      choices: multiclassForms,
      default: "multinomial",
      about: "of over two labels: one softmax of all, or each against the rest (faster)",
    },
    ...optimizerSetting,
  },
  bytesPerWeight: linearBytesPerWeight,
  async fit(data, settings, context) {
    const multiclass = settings.multiclass as (typeof multiclassForms)[number];
    const link = multiclass === "multinomial" ? "softmax" : "one-vs-rest";
    const learned = ({ weights, bias }: Pick<LearnedLinear, "weights" | "bias">): LearnedLinear => ({
      kind: "linear",
      version: 2,
      link,
      weights,
      bias,
    });
    return learned(await trainBySettings(data, settings, { loss: "logistic", multiclass }, context, learned));
  },
});

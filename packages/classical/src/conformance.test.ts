import { test } from "vitest";
import { learners } from "./learners.js";
import { type LearnerCheckOptions, learnerChecks } from "./testing/learner-checks.js";
import { sampleItems } from "./testing/sample-items.js";

/** Near enough to the least objective that where it stops is not seen in the scores. */
const precise = { tolerance: 1e-9 };

const oneByOne = "it learns from one item after another";
const foldsDiffer = "the folds are told by columns, whose order is another where items are repeated";

/** The settings that each learner is checked with, besides its defaults, and what does not hold for it and why. */
const variants: Readonly<Record<string, readonly LearnerCheckOptions[]>> = {
  "averaged-perceptron": [
    {
      except: {
        "the order of the items does not matter": oneByOne,
        "labels may be renamed": "where labels score alike, the first by name is guessed",
        "a weight of 2 is the item twice": oneByOne,
      },
    },
  ],
  "bayesian-network": ["naive", "tan", "hill-climbing"].map((structure) => ({ settings: { structure } })),
  crf: [
    { except: { "the order of the items does not matter": oneByOne } },
    { settings: { algorithm: "lbfgs", ...precise } },
    { settings: { algorithm: "lbfgs", l1: 1e-3, ...precise } },
    { settings: { algorithm: "sgd" }, except: { "the order of the items does not matter": oneByOne } },
  ],
  "linear-svm": [
    {},
    { settings: { loss: "hinge", classWeight: "balanced", ...precise } },
    { settings: { optimizer: "lbfgs", l1: 1e-3, l2: 1e-2, ...precise } },
    {
      settings: { calibration: "platt" },
      except: {
        "a weight of 2 is the item twice": foldsDiffer,
      },
    },
  ],
  "logistic-regression": [
    {},
    { settings: { multiclass: "one-vs-rest", ...precise } },
    { settings: { l1: 1e-3, l2: 0, classWeight: "balanced", ...precise } },
    {
      settings: { hashBits: 12, longestCharacters: 4, scaleRows: true },
      except: {
        "texts that are all empty are refused":
          "hashed columns are there whatever the texts; it learns the labels' shares",
      },
    },
  ],
  "online-logistic-regression": [
    {
      settings: { classWeight: "balanced" },
      except: { "the order of the items does not matter": oneByOne, "a weight of 2 is the item twice": oneByOne },
    },
  ],
  "naive-bayes": [{}, ...["bernoulli", "complement", "gaussian"].map((event) => ({ settings: { event } }))],
  ngram: [
    {},
    { settings: { unit: "words", minimumCount: 1, cutoffs: "0 0 1" } },
    { settings: { unit: "characters", order: 5, bits: 0, entropyThreshold: 1e-5 } },
  ],
  "ngram-classifier": [
    {},
    { settings: { unit: "words", order: 2, bits: 0 } },
    { settings: { unit: "pieces", cutoffs: "0 1" } },
  ],
  nbsvm: [
    {},
    { settings: { loss: "logistic", interpolation: 1, ...precise } },
    { settings: { calibration: "temperature" }, except: { "a weight of 2 is the item twice": foldsDiffer } },
  ],
};

for (const [name, learner] of Object.entries(learners)) {
  for (const options of variants[name] ?? [{}]) {
    const title = [name, ...Object.entries(options.settings ?? {}).map((setting) => setting.join(" "))].join(", ");
    for (const check of learnerChecks(learner, sampleItems[learner.reads], options))
      test(`${title}: ${check.name}`, check.run);
  }
}

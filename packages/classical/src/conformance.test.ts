import { test } from "vitest";
import { learners } from "./learners.js";
import { type LearnerCheckOptions, learnerChecks } from "./testing/learner-checks.js";
import { sampleItems } from "./testing/sample-items.js";

/** The settings that each learner is checked with, besides its defaults, and what does not hold for it and why. */
const variants: Readonly<Record<string, readonly LearnerCheckOptions[]>> = {
  "bayesian-network": ["naive", "tan", "hill-climbing"].map((structure) => ({ settings: { structure } })),
  crf: [
    { except: { "the order of the items does not matter": "the perceptron learns from one sentence after another" } },
  ],
  "naive-bayes": [{}, ...["bernoulli", "complement", "gaussian"].map((event) => ({ settings: { event } }))],
};

const weight = "a weight of 2 is the item twice";

/** What is still to be taught to a learner. */
const pending: Readonly<Record<string, readonly string[]>> = {
  "naive-bayes": [weight],
};

for (const [name, learner] of Object.entries(learners)) {
  for (const options of variants[name] ?? [{}]) {
    const title = [name, ...Object.values(options.settings ?? {})].join(", ");
    for (const check of learnerChecks(learner, sampleItems[learner.reads], options))
      test.skipIf(pending[name]?.includes(check.name))(`${title}: ${check.name}`, check.run);
  }
}

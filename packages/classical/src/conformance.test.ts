import { test } from "vitest";
import { learners } from "./learners.js";
import { type LearnerCheckOptions, learnerChecks } from "./testing/learner-checks.js";
import { sampleItems } from "./testing/sample-items.js";

/** What does not hold for a learner, and why. */
const options: Readonly<Record<string, LearnerCheckOptions>> = {
  crf: {
    except: {
      "the order of the items does not matter": "the perceptron learns from one sentence after another",
    },
  },
};

const weight = "a weight of 2 is the item twice";

/** What is still to be taught to a learner. */
const pending: Readonly<Record<string, readonly string[]>> = {
  "logistic-regression": [weight],
  "naive-bayes": [weight],
  "bayesian-network": [weight],
};

for (const [name, learner] of Object.entries(learners)) {
  for (const check of learnerChecks(learner, sampleItems[learner.reads], options[name]))
    test.skipIf(pending[name]?.includes(check.name))(`${name}: ${check.name}`, check.run);
}

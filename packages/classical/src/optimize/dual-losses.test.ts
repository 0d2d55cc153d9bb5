import { expect, test } from "vitest";
import { dualHinge } from "./dual-hinge.js";
import { dualLogistic } from "./dual-logistic.js";
import { type LossName, marginLosses } from "./margin-losses.js";

const cost = 1.5;
const margins = Array.from({ length: 40_001 }, (_, i) => (i - 20_000) / 1000);
const losses = { hinge: dualHinge(false), "squared-hinge": dualHinge(true), logistic: dualLogistic };

test.each(Object.entries(losses))(
  "the conjugate of %s is the least of loss and α m, with the other sign",
  (name, dual) => {
    const { value } = marginLosses[name as LossName];
    for (const alpha of [0, 0.1, 0.7, 1.2, 1.4999]) {
      const logit = Math.log(alpha / (cost - alpha));
      const conjugate = dual.conjugate(alpha, cost, logit);
      const least = Math.min(...margins.map((margin) => cost * value(margin) + alpha * margin));
      expect(conjugate).toBeCloseTo(-least, 5);
      for (const margin of [-3, 0.5, 4])
        expect(dual.gap(dual.loss(margin, cost), margin, alpha, cost, logit)).toBeCloseTo(
          cost * value(margin) + conjugate + alpha * margin,
          5,
        );
    }
  },
);

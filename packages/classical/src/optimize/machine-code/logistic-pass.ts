import { call, either, f64, i32, loopWhile, select, variables, when, whenElse } from "../../machine-code/assembler.js";
import { dualPass, longestRestOf } from "./dual-pass.js";
import { functionNumbers } from "./row-sums.js";

const innerSteps = 30;
/** Newton's last step lands far nearer than it was long. */
const lastStep = 0.5;

const [zero, one] = [f64.const(0), f64.const(1)];

/** 1 / (1 + e^−x). */
const logistic = (x: readonly number[]) => f64.divide(one, f64.add(one, call(functionNumbers.exp, f64.negate(x))));

const kept = {
  ...variables("f64", "margin", "logit", "low", "high", "share", "slack", "newton", "lastLogit"),
  ...variables("i32", "step", "isWithin", "isDone"),
};

/** The logistic loss; the formulas are those of `dualLogistic`, where a row's own least point is where slack is 0. */
export const logisticPass = dualPass(kept, (v) => [
  v.margin.set(f64.add(f64.multiply(v.sign.get, v.output.get), f64.multiply(v.ownSquare.get, v.alpha.get))),
  whenElse(
    f64.isEqual(v.alpha.get, zero),
    [v.logit.set(f64.negate(v.margin.get)), v.rowGap.set(v.cost.get)],
    [
      v.logit.set(f64.load(i32.add(v.logits.get, v.wide.get))),
      v.slack.set(f64.add(v.margin.get, v.logit.get)),
      v.rowGap.set(
        f64.divide(
          f64.product(f64.const(0.5), v.alpha.get, f64.subtract(v.cost.get, v.alpha.get), v.slack.get, v.slack.get),
          v.cost.get,
        ),
      ),
    ],
  ),
  v.longest.set(longestRestOf(v)),
  v.low.set(
    f64.subtract(f64.negate(v.margin.get), f64.multiply(v.curvature.get, f64.subtract(v.cost.get, v.alpha.get))),
  ),
  v.high.set(f64.add(f64.negate(v.margin.get), f64.multiply(v.curvature.get, v.alpha.get))),
  v.step.set(i32.const(0)),
  v.isDone.set(i32.const(0)),
  loopWhile(
    i32.and(i32.isZero(v.isDone.get), i32.isBelow(v.step.get, i32.const(innerSteps))),
    v.share.set(
      either(
        "f64",
        i32.and(i32.isZero(v.step.get), f64.isAbove(v.alpha.get, zero)),
        f64.divide(v.alpha.get, v.cost.get),
        logistic(v.logit.get),
      ),
    ),
    v.slack.set(f64.subtract(f64.multiply(v.cost.get, v.share.get), v.alpha.get)),
    v.slack.set(f64.add(f64.add(f64.multiply(v.curvature.get, v.slack.get), v.margin.get), v.logit.get)),
    whenElse(f64.isAbove(v.slack.get, zero), [v.high.set(v.logit.get)], [v.low.set(v.logit.get)]),
    v.newton.set(
      f64.subtract(
        v.logit.get,
        f64.divide(
          v.slack.get,
          f64.add(one, f64.product(v.curvature.get, v.cost.get, v.share.get, f64.subtract(one, v.share.get))),
        ),
      ),
    ),
    v.isWithin.set(i32.and(f64.isAtLeast(v.newton.get, v.low.get), f64.isAtLeast(v.high.get, v.newton.get))),
    v.lastLogit.set(v.logit.get),
    v.logit.set(select(v.isWithin.get, v.newton.get, f64.multiply(f64.add(v.low.get, v.high.get), f64.const(0.5)))),
    when(
      v.isWithin.get,
      v.isDone.set(f64.isBelow(f64.magnitude(f64.subtract(v.logit.get, v.lastLogit.get)), f64.const(lastStep))),
    ),
    v.step.add(i32.const(1)),
  ),
  f64.store(i32.add(v.logits.get, v.wide.get), v.logit.get),
  v.next.set(f64.divide(v.cost.get, f64.add(one, call(functionNumbers.exp, f64.negate(v.logit.get))))),
]);

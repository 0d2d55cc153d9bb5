import {
  type Code,
  call,
  either,
  f64,
  i32,
  loopWhile,
  select,
  type Variable,
  variables,
  whenElse,
} from "../../machine-code/assembler.js";
import { dualPass, longestRestOf } from "./dual-pass.js";
import { functionNumbers } from "./row-sums.js";

/** Enough for Newton's steps from 0 to any logit that an α can have. */
const innerSteps = 100;
/** Newton's last step lands far nearer than it was long. */
const lastStep = 0.5;

const [zero, one] = [f64.const(0), f64.const(1)];

/** 1 / (1 + e^−x). */
const logistic = (x: readonly number[]) => f64.divide(one, f64.add(one, call(functionNumbers.exp, f64.negate(x))));

const kept = {
  ...variables("f64", "margin", "logit", "low", "high", "share", "slack", "steepness", "rest", "lastLogit"),
  ...variables("i32", "step", "isKept", "isDone", "isNegative"),
};

/**
 * The logistic loss; the formulas are those of `dualLogistic`. A row's own least point is where t + aC σ(t) + m − aα′ = 0.
 * That rises, and bends up below 0 and down above, so that on the root's side of 0 Newton's steps, once past the root, come
 * to it from there and never leave: from any first step, if none crosses 0, however large aC is.
 */
export const logisticPass = dualPass(kept, (v) => [
  v.margin.set(f64.add(f64.multiply(v.sign.get, v.output.get), f64.multiply(v.ownSquare.get, v.alpha.get))),
  v.steepness.set(f64.multiply(v.curvature.get, v.cost.get)),
  v.rest.set(f64.subtract(v.margin.get, f64.multiply(v.curvature.get, v.alpha.get))),
  v.isNegative.set(f64.isAtLeast(f64.add(f64.multiply(v.steepness.get, f64.const(0.5)), v.rest.get), zero)),
  v.high.set(f64.negate(v.rest.get)),
  v.low.set(f64.subtract(v.high.get, v.steepness.get)),
  whenElse(v.isNegative.get, [v.high.set(f64.smaller(v.high.get, zero))], [v.low.set(f64.larger(v.low.get, zero))]),
  v.logit.set(f64.load(i32.add(v.logits.get, v.wide.get))),
  whenElse(
    // α alone does not tell a row that was never looked at: it is 0, too, where its logit is below −745.
    i32.and(f64.isEqual(v.alpha.get, zero), f64.isEqual(v.logit.get, zero)),
    [
      v.logit.set(select(v.isNegative.get, v.high.get, v.low.get)),
      v.isKept.set(i32.const(0)),
      v.rowGap.set(v.cost.get),
    ],
    [
      v.slack.set(f64.add(v.margin.get, v.logit.get)),
      v.rowGap.set(
        f64.divide(
          f64.product(f64.const(0.5), v.alpha.get, f64.subtract(v.cost.get, v.alpha.get), v.slack.get, v.slack.get),
          v.cost.get,
        ),
      ),
      v.lastLogit.set(v.logit.get),
      v.logit.set(within(v.logit.get, v)),
      v.isKept.set(f64.isEqual(v.logit.get, v.lastLogit.get)),
    ],
  ),
  v.longest.set(longestRestOf(v)),
  v.step.set(i32.const(0)),
  v.isDone.set(i32.const(0)),
  loopWhile(
    i32.and(i32.isZero(v.isDone.get), i32.isBelow(v.step.get, i32.const(innerSteps))),
    v.share.set(
      either(
        "f64",
        i32.and(i32.isZero(v.step.get), v.isKept.get),
        f64.divide(v.alpha.get, v.cost.get),
        logistic(v.logit.get),
      ),
    ),
    v.slack.set(f64.add(f64.add(f64.multiply(v.steepness.get, v.share.get), v.rest.get), v.logit.get)),
    v.lastLogit.set(v.logit.get),
    v.logit.set(
      f64.subtract(
        v.logit.get,
        f64.divide(
          v.slack.get,
          f64.add(one, f64.product(v.steepness.get, v.share.get, f64.subtract(one, v.share.get))),
        ),
      ),
    ),
    v.logit.set(within(v.logit.get, v)),
    v.isDone.set(f64.isBelow(f64.magnitude(f64.subtract(v.logit.get, v.lastLogit.get)), f64.const(lastStep))),
    v.step.add(i32.const(1)),
  ),
  f64.store(i32.add(v.logits.get, v.wide.get), v.logit.get),
  v.next.set(f64.divide(v.cost.get, f64.add(one, call(functionNumbers.exp, f64.negate(v.logit.get))))),
]);

function within(value: Code, { low, high }: Readonly<Record<"low" | "high", Variable>>): Code {
  return f64.smaller(f64.larger(value, low.get), high.get);
}

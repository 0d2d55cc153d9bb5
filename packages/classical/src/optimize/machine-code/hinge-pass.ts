import { f64, i32, select, when } from "../../machine-code/assembler.js";
import { dualPass, longestRestOf } from "./dual-pass.js";

const zero = f64.const(0);

/** The hinge, or where `squared` is not 0 its square; the formulas are those of `dualHinge`. */
export const hingePass = dualPass({ slack: "f64", shortfall: "f64", diagonal: "f64", moved: "f64" }, (v) => [
  v.shortfall.set(
    f64.subtract(
      f64.subtract(f64.const(1), f64.multiply(v.sign.get, v.output.get)),
      f64.multiply(v.ownSquare.get, v.alpha.get),
    ),
  ),
  v.slack.set(f64.larger(v.shortfall.get, zero)),
  v.rowGap.set(
    f64.subtract(
      f64.product(v.cost.get, v.slack.get, select(v.squared.get, v.slack.get, f64.const(1))),
      f64.multiply(v.alpha.get, v.shortfall.get),
    ),
  ),
  v.diagonal.set(zero),
  when(
    v.squared.get,
    v.rowGap.add(f64.product(f64.divide(f64.const(0.25), v.cost.get), v.alpha.get, v.alpha.get)),
    v.diagonal.set(f64.divide(f64.const(0.5), v.cost.get)),
  ),
  v.moved.set(
    f64.add(
      v.alpha.get,
      f64.divide(
        f64.subtract(v.shortfall.get, f64.multiply(v.diagonal.get, v.alpha.get)),
        f64.add(v.curvature.get, v.diagonal.get),
      ),
    ),
  ),
  v.next.set(select(f64.isBelow(v.moved.get, zero), zero, v.moved.get)),
  v.next.set(select(i32.and(i32.isZero(v.squared.get), f64.isAbove(v.next.get, v.cost.get)), v.cost.get, v.next.get)),
  v.longest.set(
    longestRestOf(v, i32.and(f64.isEqual(v.next.get, v.alpha.get), f64.isUnequal(v.moved.get, v.alpha.get))),
  ),
]);

import type { Network } from "./network.js";

/**
 * A function of some variables: for states `s₁ … sₖ` of `variables` it is
 * `values[(… (s₁ · |v₂| + s₂) · |v₃| + …) + sₖ] · exp(logScale)`. The scale keeps products of thousands of
 * probabilities within the range of floating point.
 */
export interface Factor {
  readonly variables: readonly number[];
  readonly values: Float64Array;
  readonly logScale: number;
}

/** No evidence on a variable, where a state's number would stand. */
export const unobserved = -1;

/** P(variable | parents) as a factor of those among them that are not observed; `evidence` has a state a variable. */
export function familyFactor(network: Network, variable: number, evidence: Int32Array): Factor {
  const { cardinalities, parents, tables } = network;
  const family = [...parents[variable], variable];
  const strides = stridesOf(family, cardinalities);
  let start = 0;
  for (const [i, each] of family.entries()) if (evidence[each] !== unobserved) start += evidence[each] * strides[i];
  const free = family.filter((each) => evidence[each] === unobserved);
  const whole = { variables: family, values: tables[variable].subarray(start), logScale: 0 };
  return multiply([whole], free, cardinalities);
}

/**
 * The product of factors as a factor of `variables`. Variables of a factor that are not among them stand in their first
 * state.
 */
export function multiply(
  factors: readonly Factor[],
  variables: readonly number[],
  cardinalities: readonly number[],
): Factor {
  const values = new Float64Array(sizeOf(variables, cardinalities)).fill(1);
  let logScale = 0;
  for (const factor of factors) {
    multiplyInto(values, factor, variables, cardinalities);
    logScale += factor.logScale + rescale(values);
  }
  return { variables, values, logScale };
}

/** How many numbers a factor of the variables has. */
export function sizeOf(variables: readonly number[], cardinalities: readonly number[]): number {
  return variables.reduce((product, each) => product * cardinalities[each], 1);
}

/** How two values become one where a variable goes: their sum, or the larger. */
export type Combine = "sum" | "maximum";

/** The factor without its last variable. */
export function withoutLast({ variables, values, logScale }: Factor, states: number, combine: Combine): Factor {
  const shorter = new Float64Array(values.length / states);
  for (let i = 0, at = 0; i < shorter.length; i++) {
    let total = values[at++];
    if (combine === "sum") for (let s = 1; s < states; s++) total += values[at++];
    else for (let s = 1; s < states; s++, at++) if (values[at] > total) total = values[at];
    shorter[i] = total;
  }
  return { variables: variables.slice(0, -1), values: shorter, logScale };
}

function multiplyInto(
  values: Float64Array,
  factor: Factor,
  variables: readonly number[],
  cardinalities: readonly number[],
): void {
  const own = stridesOf(factor.variables, cardinalities);
  const strides = Int32Array.from(variables, (each) => own[factor.variables.indexOf(each)] ?? 0);
  const states = Int32Array.from(variables, (each) => cardinalities[each]);
  const digits = new Int32Array(variables.length);
  for (let i = 0, at = 0; i < values.length; i++) {
    values[i] *= factor.values[at];
    for (let d = digits.length - 1; d >= 0; d--) {
      at += strides[d];
      if (++digits[d] < states[d]) break;
      at -= strides[d] * states[d];
      digits[d] = 0;
    }
  }
}

/** Divides by the largest value, so that it becomes 1, and gives its logarithm; zeros stay as they are. */
function rescale(values: Float64Array): number {
  let largest = 0;
  for (let i = 0; i < values.length; i++) if (values[i] > largest) largest = values[i];
  if (largest === 0 || largest === 1) return 0;
  for (let i = 0; i < values.length; i++) values[i] /= largest;
  return Math.log(largest);
}

/** How far apart neighbouring states of each variable lie. */
function stridesOf(variables: readonly number[], cardinalities: readonly number[]): Int32Array {
  const strides = new Int32Array(variables.length);
  for (let i = variables.length - 1, stride = 1; i >= 0; i--) {
    strides[i] = stride;
    stride *= cardinalities[variables[i]];
  }
  return strides;
}

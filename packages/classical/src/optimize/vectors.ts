/** Σ aᵢ bᵢ. */
export function dot(a: Float64Array, b: Float64Array): number {
  let [even, odd] = [0, 0];
  const pairs = a.length & ~1;
  for (let i = 0; i < pairs; i += 2) {
    even += a[i] * b[i];
    odd += a[i + 1] * b[i + 1];
  }
  return pairs < a.length ? even + odd + a[pairs] * b[pairs] : even + odd;
}

/** ‖a‖². */
export function squaredNorm(a: Float64Array): number {
  return dot(a, a);
}

/** target ← target + scale · vector. */
export function addScaled(target: Float64Array, vector: Float64Array, scale: number): void {
  for (let i = 0; i < target.length; i++) target[i] += scale * vector[i];
}

/** target ← start + step · direction. */
export function moveAlong(target: Float64Array, start: Float64Array, direction: Float64Array, step: number): void {
  for (let i = 0; i < target.length; i++) target[i] = start[i] + step * direction[i];
}

/** target ← a − b. */
export function subtract(target: Float64Array, a: Float64Array, b: Float64Array): void {
  for (let i = 0; i < target.length; i++) target[i] = a[i] - b[i];
}

/** target ← −vector. */
export function negate(target: Float64Array, vector: Float64Array): void {
  for (let i = 0; i < target.length; i++) target[i] = -vector[i];
}

/** target ← scale · target. */
export function scale(target: Float64Array, factor: number): void {
  for (let i = 0; i < target.length; i++) target[i] *= factor;
}

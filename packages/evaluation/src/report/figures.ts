/** What stands where there is no figure. */
export const noFigure = "–";

/** A fraction with four digits: 0.7775. */
export function fraction(value: number | null | undefined): string {
  return value === null || value === undefined ? noFigure : value.toFixed(4);
}

/** A p-value with four digits, or as a power of ten where they would all be 0. */
export function pValue(p: number): string {
  return p >= 0.0001 ? p.toFixed(4) : p === 0 ? "< 1e-300" : p.toExponential(1);
}

export function seconds(milliseconds: number): string {
  return (milliseconds / 1000).toFixed(milliseconds < 10_000 ? 3 : 1);
}

/** A name on one line, without characters that steer a terminal. */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, " ");
}

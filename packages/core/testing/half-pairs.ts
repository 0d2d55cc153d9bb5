/** Whether a text has half a surrogate pair. */
export function hasHalf(text: string): boolean {
  return /\p{Surrogate}/u.test(text);
}

/** Tries of a request without a byte gained, the first included. */
const maximumTries = 4;
const longestWaitMs = 60_000;

/**
 * How long to wait before the next try; none where it would be in vain or take too long.
 * @param fruitless tries since the last byte that was gained
 * @param retryAfter the header: seconds, or a date
 */
export function retryWaitMs(fruitless: number, retryAfter: string | null, now: number): number | undefined {
  if (fruitless >= maximumTries) return undefined;
  if (fruitless === 0) return 0;
  const asked = retryAfter === null ? undefined : askedWaitMs(retryAfter, now);
  const wait = asked ?? 250 * 2 ** (fruitless - 1);
  return wait > longestWaitMs ? undefined : wait;
}

/** What a Retry-After asks for, from now on; none where it is neither seconds nor a date. */
export function askedWaitMs(retryAfter: string, now: number): number | undefined {
  const seconds = /^\d+$/u.test(retryAfter.trim()) ? Number(retryAfter) : (Date.parse(retryAfter) - now) / 1000;
  return Number.isNaN(seconds) ? undefined : Math.max(0, seconds * 1000);
}

import { expect, test } from "vitest";
import { retryWaitMs } from "./retry-wait.js";

const now = Date.parse("2026-03-01T12:00:00Z");

test.each([
  [1, null, 250],
  [2, null, 500],
  [3, null, 1000],
  [0, null, 0],
  [1, "7", 7000],
  [1, "0", 0],
  [2, "Sun, 01 Mar 2026 12:00:30 GMT", 30_000],
  [2, "Sun, 01 Mar 2026 11:00:00 GMT", 0],
  [1, "soon", 250],
])("after %i tries in vain and Retry-After %s waits %i ms", (fruitless, retryAfter, waitMs) => {
  expect(retryWaitMs(fruitless, retryAfter, now)).toBe(waitMs);
});

test.each([
  [4, null],
  [4, "0"],
  [1, "3600"],
  [1, "Mon, 02 Mar 2026 12:00:00 GMT"],
])("after %i tries in vain and Retry-After %s gives up", (fruitless, retryAfter) => {
  expect(retryWaitMs(fruitless, retryAfter, now)).toBeUndefined();
});

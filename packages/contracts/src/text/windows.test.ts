import fc from "fast-check";
import { expect, test } from "vitest";
import { windowsOver } from "./windows.js";

test("what fits is one window, nothing included", () => {
  expect(windowsOver(5, 6, 2)).toEqual([{ start: 0, end: 5, from: 0, to: 5 }]);
  expect(windowsOver(0, 6, 2)).toEqual([{ start: 0, end: 0, from: 0, to: 0 }]);
  expect(windowsOver(9, Number.POSITIVE_INFINITY, 0)).toEqual([{ start: 0, end: 9, from: 0, to: 9 }]);
});

test("what two windows share is halved", () => {
  expect(windowsOver(10, 6, 2)).toEqual([
    { start: 0, end: 6, from: 0, to: 5 },
    { start: 4, end: 10, from: 5, to: 10 },
  ]);
});

test("every item is answered for once, by the window that sees most around it", () => {
  const shapes = fc
    .record({
      length: fc.nat(200),
      room: fc.integer({ min: 1, max: 40 }),
      share: fc.double({ min: 0, max: 0.99, noNaN: true }),
    })
    .map(({ length, room, share }) => ({ length, room, overlap: Math.floor(share * room) }));
  fc.assert(
    fc.property(shapes, ({ length, room, overlap }) => {
      const windows = windowsOver(length, room, overlap);
      let next = 0;
      for (const [i, { start, end, from, to }] of windows.entries()) {
        expect(from).toBe(next);
        expect(start <= from && to <= end && end - start <= room && to >= from).toBe(true);
        const before = windows[i - 1];
        if (before !== undefined) expect(before.end - start).toBeGreaterThanOrEqual(overlap);
        next = to;
      }
      expect(next).toBe(length);
      const seen = ({ start, end }: { start: number; end: number }, item: number) => {
        if (item < start || item >= end) return -1;
        const left = start === 0 ? Number.POSITIVE_INFINITY : item - start;
        return Math.min(left, end === length ? Number.POSITIVE_INFINITY : end - 1 - item);
      };
      for (let item = 0; item < length; item++) {
        const own = windows.find(({ from, to }) => from <= item && item < to);
        const best = Math.max(...windows.map((window) => seen(window, item)));
        // Right in the middle of what two windows share, either is as good.
        expect(own && seen(own, item)).toBeGreaterThanOrEqual(best - 1);
      }
    }),
  );
});

test("windows that share all of themselves would never end", () => {
  expect(() => windowsOver(10, 4, 4)).toThrow(RangeError);
});

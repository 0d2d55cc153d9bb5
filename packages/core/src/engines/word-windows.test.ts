import { expect, test } from "vitest";
import { cutIntoWindows } from "./word-windows.js";

test("keeps words whole, and remembers where each begins", () => {
  expect(cutIntoWindows([[1], [2, 3], [4, 5], [6]], 4)).toEqual([
    {
      ids: [1, 2, 3],
      firstTokens: [
        { word: 0, token: 0 },
        { word: 1, token: 1 },
      ],
      truncated: false,
    },
    {
      ids: [4, 5, 6],
      firstTokens: [
        { word: 2, token: 0 },
        { word: 3, token: 2 },
      ],
      truncated: false,
    },
  ]);
});

test("leaves out words of no tokens", () => {
  expect(cutIntoWindows([[], [7], []], 4)[0]?.firstTokens).toEqual([{ word: 1, token: 0 }]);
  expect(cutIntoWindows([[]], 4)).toEqual([]);
});

test("cuts only a word longer than a window, and says so", () => {
  const windows = cutIntoWindows([[1], [2, 3, 4, 5], [6]], 3);
  expect(windows.map(({ ids, truncated }) => ({ ids, truncated }))).toEqual([
    { ids: [1], truncated: false },
    { ids: [2, 3, 4], truncated: true },
    { ids: [6], truncated: false },
  ]);
});

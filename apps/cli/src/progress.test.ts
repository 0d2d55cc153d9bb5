import { expect, test } from "vitest";
import { progressLine, startProgress } from "./progress.js";

function sessionOn(isTTY: boolean, written: string[]) {
  const output = { isTTY, once: () => {}, write: (text: string) => written.push(text) > 0 };
  return { stdout: { ...output, isTTY: false }, stderr: output, signal: new AbortController().signal };
}

test("shows a bar where the total is known, a count where it is not", () => {
  expect(progressLine("items", 500, 1000)).toBe("████████████░░░░░░░░░░░░ 50 % of 1,000 items");
  expect(progressLine("texts", 1234)).toBe("1,234 texts");
});

test("shows nothing unless stderr is a terminal", () => {
  const written: string[] = [];
  const silent = startProgress(sessionOn(false, written), "texts");
  silent.update(1);
  silent.end();
  expect(written).toEqual([]);
  const shown = startProgress(sessionOn(true, written), "texts");
  shown.update(1);
  shown.end();
  expect(written.join("")).toContain("1 texts");
});

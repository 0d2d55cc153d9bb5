import { classifierMetrics } from "@bifocal/evaluation";
import { expect, test } from "vitest";
import { type Answered, bestOf, figureBeside, verdict } from "./measure-beside.js";

const { accuracy } = classifierMetrics;

/** A model that is right on so many of a hundred items. */
function rightOn(model: string, right: number): Answered {
  return { model, counts: Array.from({ length: 100 }, (_, i) => ({ correct: Number(i < right), all: 1 })) };
}

test("a figure has its interval, its signature and the other's value on the same items", () => {
  const about = { metric: "accuracy", on: "a test", trainedOn: "a train" };
  const figure = figureBeside(accuracy, [rightOn("mine", 80), rightOn("theirs", 70)], about);
  expect(figure).toMatchObject({ ...about, value: 0.8, items: 100, signature: "accuracy|v:1" });
  expect(figure.baseline).toEqual({ model: "theirs", value: 0.7 });
  expect(figure.interval?.[0]).toBeLessThan(0.8);
  expect(figure.interval?.[1]).toBeGreaterThan(0.8);
});

test("the best of several is found, and the better of two is called the default, whichever it is", () => {
  const [worse, better] = [rightOn("worse", 60), rightOn("better", 75)];
  expect(bestOf(accuracy, [worse, better])).toBe(better);
  const defaults = ["the first", "the second"] as const;
  expect(verdict(accuracy, "accuracy", { answered: [better, worse], defaults })).toMatch(
    /75\.0, 15\.0 points above the 60\.0 of worse .* the default is the first/,
  );
  expect(verdict(accuracy, "accuracy", { answered: [worse, better], defaults })).toMatch(
    /60\.0, 15\.0 points below the 75\.0 of better .* the default is the second/,
  );
});

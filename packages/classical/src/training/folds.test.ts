import fc from "fast-check";
import { expect, test } from "vitest";
import { drawFolds, numberFolds } from "./folds.js";

const itemsOf = (labels: readonly string[]) => labels.map((label) => ({ text: "", label }));
const counted = (folds: readonly number[], of: number) =>
  Array.from({ length: of }, (_, fold) => folds.filter((each) => each === fold).length);
const spread = (counts: readonly number[]) => Math.max(...counts) - Math.min(...counts);

test("folds are of one size, and so is each label's share in them, to within one item", () => {
  const labels = fc.array(fc.constantFrom("a", "b", "c"), { minLength: 2, maxLength: 60 });
  fc.assert(
    fc.property(labels, fc.integer({ min: 2, max: 10 }), fc.nat(), (given, wanted, seed) => {
      const folds = Math.min(wanted, given.length);
      const drawn = drawFolds(itemsOf(given), folds, seed);
      expect(spread(counted(drawn, folds))).toBeLessThanOrEqual(1);
      for (const label of ["a", "b", "c"]) {
        const own = drawn.filter((_, i) => given[i] === label);
        expect(spread(counted(own, folds))).toBeLessThanOrEqual(1);
      }
    }),
  );
});

test("the seed decides, and nothing else", () => {
  const items = itemsOf(Array.from({ length: 40 }, (_, i) => (i % 3 ? "a" : "b")));
  expect(drawFolds(items, 5, 3)).toEqual(drawFolds(items, 5, 3));
  expect(drawFolds(items, 5, 3)).not.toEqual(drawFolds(items, 5, 4));
});

test.each([1, 0, 2.5, 4, Number.NaN])("three items cannot be in %d folds", (folds) => {
  expect(() => drawFolds(itemsOf(["a", "b", "a"]), folds, 1)).toThrow("of 3 items there can be from 2 to 3");
});

test("folds that came with the data keep their names, in the order of numbers where they are numbers", () => {
  const items = itemsOf(["a", "b", "a"]);
  expect(numberFolds(["10", "9", "10"], items)).toEqual({ names: ["9", "10"], foldOf: [1, 0, 1] });
  expect(numberFolds(["z", "x", "x"], items)).toEqual({ names: ["x", "z"], foldOf: [1, 0, 0] });
  expect(() => numberFolds(["a", "a", "a"], items)).toThrow("All items are in one fold");
  expect(() => numberFolds(["a", "b"], items)).toThrow("3 items have 2 folds");
});

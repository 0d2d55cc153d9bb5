import { expect, test } from "vitest";
import { entityTypes, toIob, toIob2 } from "./iob-tags.js";

test.each([
  ["O", "O"],
  ["B-PER", "B-PER"],
  ["I-PER", "I-PER"],
  ["S-LOC", "B-LOC"],
  ["U-LOC", "B-LOC"],
  ["E-LOC", "I-LOC"],
  ["L-LOC", "I-LOC"],
  ["B_ORG", "B-ORG"],
  ["PER", "I-PER"],
  ["EVENT", "I-EVENT"],
])("reads %s as %s", (tag, iob) => expect(toIob(tag)).toBe(iob));

test("begins every entity with B", () => {
  expect(toIob2(["I-PER", "I-PER", "O", "I-LOC", "I-PER"])).toEqual(["B-PER", "I-PER", "O", "B-LOC", "B-PER"]);
});

test("names each type once", () => expect(entityTypes(["O", "B-PER", "I-PER", "S-LOC"])).toEqual(["PER", "LOC"]));

import { expect, test } from "vitest";
import { knownClusters } from "./token-clusters.js";
import { noFeature, tokenFeatureReader } from "./token-features.js";
import { hashText } from "./token-features-hash.js";
import { nameMarker, readNames } from "./token-gazetteer.js";

const marksIn = (lines: readonly string[], sentence: string): number[] => {
  const lowers = Uint32Array.from(sentence.toLowerCase().split(" "), (word) => hashText(word));
  return [...nameMarker(readNames(lines))(lowers)];
};

/** What the marks of the first three types are: begins 1, 3 or 9, goes on 2, 6 or 18. */
test.each([
  ["the longest name wins", ["New York", "New York City"], "in New York City today", [0, 1, 2, 2, 0]],
  ["what only begins a name is none", ["New York City"], "in New York today", [0, 0, 0, 0]],
  ["two names side by side are two", ["Rome", "Turin"], "Rome Turin Rome", [1, 1, 1]],
  ["a name within a longer one is not found again", ["Bank of Rome", "Rome"], "Bank of Rome", [1, 2, 2]],
  ["case does not matter", ["McDONALD"], "mcdonald", [1]],
  [
    "types are found side by side",
    ["place\tYork", "person\tYork Minster", "person\tAda"],
    "Ada York Minster",
    [3, 4, 6],
  ],
  ["comments and empty lines say nothing", ["# places", "", "Rome"], "# places Rome", [0, 0, 1]],
])("%s", (_, lines, sentence, expected) => {
  expect(marksIn(lines, sentence)).toEqual(expected);
});

test("a list without names is refused, and one with too many types", () => {
  expect(() => readNames(["# nothing"])).toThrow("from 1 to 20 types, not 0");
  expect(() => readNames(Array.from({ length: 21 }, (_, i) => `type ${i}\tname`))).toThrow("not 21");
});

const commonWords = new Uint32Array();

test("names are a feature of the tokens that they are made of", () => {
  const { read } = tokenFeatureReader(["names[0]"], { commonWords, ...readNames(["New York", "Turin"]) });
  const [begins, goesOn, other, also] = read(["New", "York", "and", "Turin"]);
  expect(other).toBe(noFeature);
  expect(begins).toBe(also);
  expect(new Set([begins, goesOn, noFeature]).size).toBe(3);
});

test("clusters are features by the beginnings of their ways", () => {
  const words = ["Rome", "Turin", "walks", "0000", "@"];
  const paths = ["00000", "00001", "01", "11"];
  const clusters = knownClusters({ words, clusterOf: Uint16Array.of(0, 1, 2, 3, 3), paths });
  const { read, perToken } = tokenFeatureReader(["cluster4[0]", "cluster6[0]"], { commonWords, ...clusters });
  const rowOf = (word: string) => [...read([word]).subarray(0, perToken)];
  expect(rowOf("Rome")[0]).toBe(rowOf("Turin")[0]);
  expect(rowOf("Rome")[1]).not.toBe(rowOf("Turin")[1]);
  expect(rowOf("walks")[0]).not.toBe(rowOf("Rome")[0]);
  expect(rowOf("nobody")).toEqual([noFeature, noFeature]);
  expect(rowOf("1987")).toEqual(rowOf("@ada"));
});

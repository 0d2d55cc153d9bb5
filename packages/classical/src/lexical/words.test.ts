import { expect, test } from "vitest";
import { wordsOf } from "./words.js";

test("accented letters stay, composed or not, and elisions give their word away", () => {
  expect(wordsOf("Dell'amicizia, PERCHE\u0301 no?")).toEqual(["dell", "amicizia", "perché", "no"]);
});

test("pictographs are words; punctuation is none", () => {
  expect(wordsOf("so 😂♥ — !")).toEqual(["so", "😂", "♥"]);
  expect(wordsOf(" \u0000\ud83d ")).toEqual([]);
});

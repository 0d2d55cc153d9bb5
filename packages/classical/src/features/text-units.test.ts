import { awkwardTexts } from "@bifocal/contracts/testing";
import fc from "fast-check";
import { expect, test } from "vitest";
import { type TextUnit, textUnits } from "./text-units.js";

const anyText = fc
  .array(fc.constantFrom("a", "Ada's", " ", "  ", "\n", "\t", "é", "東", "👩‍👩‍👧", "\ud83d", "…", "\u00a0", "b"))
  .map((parts) => parts.join(""));

function joined({ split, spell }: TextUnit, text: string): string {
  const units = split(text);
  return units.map((unit, i) => spell(unit, units[i - 1] ?? "")).join("");
}

test.each(Object.entries(textUnits))("%s spelled one after another are the text", (_, unit) => {
  fc.assert(fc.property(anyText, (text) => joined(unit, text) === text));
  for (const text of awkwardTexts) expect(joined(unit, text)).toBe(text);
});

test.each(Object.entries(textUnits))("%s follow only what they do not run into", (_, unit: TextUnit) => {
  fc.assert(
    fc.property(anyText, (text) => {
      const units = unit.split(text);
      for (let i = 1; i < units.length; i++) {
        const edge = unit.endOf(units[i - 1]);
        if (edge >= 0) expect(unit.startOf(units[i])).not.toBe(edge);
      }
    }),
  );
});

test("words are what stands between white space, of which single spaces go without saying", () => {
  expect(textUnits.words.split("Ada's cat,\n  asleep. ")).toEqual(["Ada's", "cat,", "\n  ", "asleep.", " "]);
  expect(textUnits.characters.split("a👩b")).toEqual(["a", "👩", "b"]);
});

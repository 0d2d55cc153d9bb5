import fc from "fast-check";
import { expect, test } from "vitest";
import { stopFilter } from "./stop-strings.js";

test("a text ends before the first stop string, however it comes in pieces", () => {
  const letters = fc.stringMatching(/^[ab]*$/);
  fc.assert(
    fc.property(
      letters,
      fc.array(fc.stringMatching(/^[ab]{1,4}$/), { maxLength: 3 }),
      fc.nat(4),
      (text, stops, size) => {
        const filter = stopFilter(stops);
        const pieces = text.match(new RegExp(`.{1,${size + 1}}`, "g")) ?? [];
        const told = pieces.map((piece) => filter.push(piece)).join("") + filter.rest();
        const [end, found] = endOf(pieces, stops);
        expect(told).toBe(text.slice(0, end));
        expect(filter.found).toBe(found);
      },
    ),
    { numRuns: 2000 },
  );
});

/** Where the text ends that came in pieces: before the stop string that was whole first. */
function endOf(pieces: readonly string[], stops: readonly string[]): [end: number, found: boolean] {
  let text = "";
  for (const piece of pieces) {
    text += piece;
    const places = stops.map((stop) => text.indexOf(stop)).filter((place) => place >= 0);
    if (places.length > 0) return [Math.min(...places), true];
  }
  return [text.length, false];
}

test("what cannot be the beginning of a stop string is told at once", () => {
  const filter = stopFilter(["\n\n", "END"]);
  expect([filter.push("a"), filter.push("\n"), filter.push("E"), filter.push("N"), filter.push("x")]).toEqual([
    "a",
    "",
    "\n",
    "",
    "ENx",
  ]);
});

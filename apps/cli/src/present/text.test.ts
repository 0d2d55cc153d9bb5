import fc from "fast-check";
import { expect, test } from "vitest";
import { table } from "./table.js";
import { shortened, visible, wrapped } from "./text.js";

test("control characters are shown, not obeyed", () => {
  expect(visible("a\u001b[2Jb\u0000\u009b\n")).toBe("a␛[2Jb␀␡\n");
});

test("a shortened text is one line, no longer than asked, and whole where it fits", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", maxLength: 60 }), (text) => {
      const line = shortened(text, 20);
      expect([...line].length).toBeLessThanOrEqual(20);
      expect(line).not.toContain("\n");
    }),
  );
  expect(shortened("two\nlines", 20)).toBe("two lines");
  expect(shortened("x".repeat(1e6), 5)).toBe("xxxx…");
});

test("wrapping loses no word and keeps to the width", () => {
  const words = fc.array(fc.stringMatching(/^[a-z]{1,8}$/), { maxLength: 40 });
  fc.assert(
    fc.property(words, (given) => {
      const lines = wrapped(given.join(" "), 20);
      expect(lines.join(" ").split(" ").filter(Boolean)).toEqual(given);
      for (const line of lines) expect(line.length).toBeLessThanOrEqual(20);
    }),
  );
});

test("a table is aligned, figures to the right", () => {
  expect(
    table([
      ["name", "n"],
      ["a", "10"],
      ["long", "5"],
    ]),
  ).toEqual(["name   n", "a     10", "long   5"]);
});

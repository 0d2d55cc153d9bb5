import fc from "fast-check";
import { expect, test } from "vitest";
import { signed, unsigned } from "./assembler.js";

/** LEB128 read as its definition says: seven bits a byte, the lowest first. */
function read(bytes: readonly number[], isSigned: boolean): number {
  const value = bytes.reduce((sum, byte, at) => sum + (byte & 0x7f) * 2 ** (7 * at), 0);
  const isNegative = isSigned && ((bytes.at(-1) ?? 0) & 0x40) !== 0;
  return isNegative ? value - 2 ** (7 * bytes.length) : value;
}

test("numbers are written in as few bytes as they take, the last of which says that it is", () => {
  fc.assert(
    fc.property(fc.nat(), (value) => {
      const bytes = unsigned(value);
      expect(read(bytes, false)).toBe(value);
      expect(bytes.map((byte) => byte >= 0x80)).toEqual(bytes.map((_, at) => at < bytes.length - 1));
    }),
  );
  fc.assert(
    fc.property(fc.integer(), (value) => {
      expect(read(signed(value), true)).toBe(value);
    }),
  );
  expect([unsigned(127), unsigned(128), signed(-64), signed(64)]).toEqual([[127], [128, 1], [64], [192, 0]]);
});

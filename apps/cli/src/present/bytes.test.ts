import { expect, test } from "vitest";
import { sizeText } from "./bytes.js";

test.each([
  [0, "0 B"],
  [1023, "1023 B"],
  [38_000, "37 KiB"],
  [5_100_000, "4.9 MiB"],
  [134_000_000, "128 MiB"],
  [1_400_000_000, "1.3 GiB"],
  [5_000_000_000_000, "4657 GiB"],
])("%i bytes are %s", (bytes, text) => expect(sizeText(bytes)).toBe(text));

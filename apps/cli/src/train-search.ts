import { BifocalError, type Learner, type SearchSpace, type SearchValues } from "bifocal";
import { parseValue, ruleNamed } from "./set-values.js";

/**
 * The settings to search, of `--search name=a,b,c` and `--search name=from..to`.
 * @throws {BifocalError} `unknown-option` with the nearest names, or `invalid-input`.
 * @example parseSearch(["ngrams=1,2", "l2=1e-6..1e-2"], learner) // { ngrams: [1, 2], l2: { from: 1e-6, to: 1e-2 } }
 */
export function parseSearch(given: readonly string[], { name, settings }: Learner): SearchSpace {
  const space: Record<string, SearchValues> = {};
  for (const each of given) {
    const equals = each.indexOf("=");
    if (equals < 1) throw notASearch(each);
    const setting = each.slice(0, equals);
    if (Object.hasOwn(space, setting))
      throw new BifocalError("invalid-input", `--search ${setting} is given twice: name all its values in one.`);
    space[setting] = valuesOf(setting, each.slice(equals + 1), ruleNamed(setting, settings, name));
  }
  return space;
}

function valuesOf(name: string, text: string, rule: Parameters<typeof parseValue>[2]): SearchValues {
  const ends = text.split("..");
  if (ends.length === 1) return text.split(",").flatMap((value) => parseValue(name, value.trim(), rule));
  const [from, to] = ends.map((end) => parseValue(name, end.trim(), rule));
  if (ends.length === 2 && typeof from === "number" && typeof to === "number") return { from, to };
  throw notASearch(`${name}=${text}`);
}

function notASearch(given: string): BifocalError {
  return new BifocalError(
    "invalid-input",
    `--search takes name=a,b,c or, for numbers, name=from..to, as in l2=1e-6..1e-2, not "${given}".`,
  );
}

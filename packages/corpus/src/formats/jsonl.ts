import type { Fields, Format } from "./format.js";
import { readLines } from "./lines.js";

/** A JSON object a line (JSON Lines); empty lines are left out. */
export const jsonl: Format = {
  about: "a JSON object a line",
  async *read(bytes, { name, reject, requires }) {
    for await (const { number, text, problem } of readLines(bytes, name)) {
      if (problem === undefined && text.trim() === "") continue;
      const read = problem === undefined ? parseObject(text, requires) : problem;
      if (typeof read === "string") reject(number, read);
      else yield { line: number, fields: read };
    }
  },
  encoder: { line: (fields) => JSON.stringify(fields) },
};

/** The object of a line, or what is wrong with it. */
function parseObject(text: string, requires: readonly string[]): Fields | string {
  const value = parseJson(text);
  if (value === undefined) return "it is not JSON";
  if (typeof value !== "object" || value === null || Array.isArray(value)) return "it is not a JSON object";
  const missing = requires.find((field) => !Object.hasOwn(value, field));
  return missing === undefined ? (value as Fields) : `it has no "${missing}"`;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

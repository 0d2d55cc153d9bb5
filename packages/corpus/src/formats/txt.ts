import type { Format } from "./format.js";
import { readLines, withoutReturn } from "./lines.js";

/** A text a line; lines of nothing but white space are left out. Fields: `text`. */
export const txt: Format = {
  about: "a text a line",
  fields: ["text"],
  async *read(bytes, { name, reject }) {
    for await (const { number, text, problem } of readLines(bytes, name)) {
      if (problem !== undefined) reject(number, problem);
      else if (text.trim() !== "") yield { line: number, fields: { text: withoutReturn(text) } };
    }
  },
};

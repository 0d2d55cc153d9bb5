import { BifocalError } from "@bifocal/contracts";
import { maxLineLength, readLines, tooLong } from "./formats/lines.js";
import { nameOfSource, openSource } from "./open-source.js";

/**
 * A whole file, or stdin (`-`), as one text, without the line end that closes it. UTF-8 is decoded strictly.
 * @throws {BifocalError} `unreadable`; `invalid-input` where it is not UTF-8, with the line; `too-large` over 64 MiB.
 * @example await readText("letter.txt")
 */
export async function readText(path: string, signal?: AbortSignal): Promise<string> {
  const name = nameOfSource(path);
  const lines: string[] = [];
  let length = 0;
  for await (const { number, text, problem } of readLines(openSource(path, signal), name)) {
    if (problem !== undefined) throw new BifocalError("invalid-input", `${name}, line ${number}: ${problem}.`);
    length += text.length + 1;
    if (length > maxLineLength) throw tooLong(name, 1);
    lines.push(text);
  }
  return lines.join("\n");
}

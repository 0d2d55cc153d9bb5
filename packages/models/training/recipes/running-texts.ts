import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const heading = /^(CHAPTER|BOOK|FIRST|SECOND|CONTENTS|WAR AND PEACE|\*)/;
const licence = /Project Gutenberg|General Terms of Use/;

/**
 * The paragraphs of a part of War and Peace, each on one line, without headings, footnotes, the front matter and the
 * licence at the end. The file has no blank lines, so a paragraph ends with a short line that ends a sentence, or
 * before one that begins a speech.
 */
export function readNovel(file: string): string[] {
  const lines = readFileSync(file, "utf8").split("\n");
  const start = lines.findIndex((line) => heading.test(line));
  const end = lines.findIndex((line, i) => i > lines.length / 2 && licence.test(line));
  const body = lines.slice(start, end < 0 ? undefined : end).filter((line) => line !== "" && !heading.test(line));
  const paragraphs: string[][] = [[]];
  for (const [i, line] of body.entries()) {
    paragraphs.at(-1)?.push(line);
    const endsSentence = /[.!?:”)]$/.test(line);
    if (endsSentence && (line.length < 60 || body[i + 1]?.startsWith("“"))) paragraphs.push([]);
  }
  return paragraphs.filter((each) => each.length > 0).map((each) => each.join(" "));
}

/** The speeches of plays that are parted by blank lines, each with the name of who speaks on its first line. */
export function readSpeeches(file: string): string[] {
  return readFileSync(file, "utf8").trim().split(/\n\n+/);
}

/** The project's own TypeScript without tests, by path in code unit order. */
export function readSourceFiles(root: string): { path: string; text: string }[] {
  const source = /^(packages\/[^/]+\/src|apps\/[^/]+)\/.*\.ts$/;
  const other = /\/(dist|node_modules|fixtures)\/|\.(test|d)\.ts$/;
  return ["packages", "apps"]
    .flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, encoding: "utf8" }).map((path) => `${folder}/${path}`),
    )
    .filter((path) => source.test(path) && !other.test(path))
    .sort()
    .map((path) => ({ path, text: readFileSync(join(root, path), "utf8") }));
}

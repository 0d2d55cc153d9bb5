import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, test } from "vitest";
import {
  readLabelledTexts,
  readSummarizedTexts,
  readTaggedSentences,
  readTexts,
  readTranslatedTexts,
} from "./read-items.js";
import { readText } from "./read-text.js";

const folder = mkdtempSync(join(tmpdir(), "bifocal-items-"));

afterAll(() => rmSync(folder, { recursive: true, force: true }));
const data = fileURLToPath(new URL("../../../../shared/data/", import.meta.url));

function fileOf(name: string, content: string): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const list = [];
  for await (const item of items) list.push(item);
  return list;
}

test("texts come from the field that is named, with the rest of their record", async () => {
  const path = fileOf("a.csv", "body,id\nhello,7\n");
  expect(await all(readTexts(path, { field: "body" }))).toEqual([
    { line: 2, text: "hello", fields: { body: "hello", id: "7" } },
  ]);
});

test("a text that is not a text, or a label that is none, makes a record bad", async () => {
  const path = fileOf(
    "b.jsonl",
    '{"text":5,"label":"x"}\n{"text":"a","label":null}\n{"text":"b","label":1}\n{"text":"c","label":""}\n',
  );
  const errors: string[] = [];
  const items = await all(readLabelledTexts(path, { onBadRecord: (error) => errors.push(error.message) }));
  expect(items).toEqual([{ line: 3, text: "b", label: "1" }]);
  expect(errors.map((message) => message.replace(/.*, line/, "line"))).toEqual([
    'line 1: "text" is not a text.',
    'line 2: "label" is not a label.',
    'line 4: "label" is not a label.',
  ]);
  await expect(all(readTexts(path))).rejects.toThrow("line 1");
});

test("weights and folds are read from the fields that are named, and from no others", async () => {
  const path = fileOf("w.csv", "text,label,weight,part\na,x,2.5,1\nb,y,0,2\nc,y,1e300,3\nd,y,1,\n");
  const errors: string[] = [];
  const onBadRecord = (error: Error) => errors.push(error.message.replace(/.*, line/, "line"));
  expect(await all(readLabelledTexts(path, { weightField: "weight", foldField: "part", onBadRecord }))).toEqual([
    { line: 2, text: "a", label: "x", weight: 2.5, fold: "1" },
  ]);
  expect(errors).toEqual([
    'line 3: "weight" is not a number from 1e-9 to 1e9.',
    'line 4: "weight" is not a number from 1e-9 to 1e9.',
    'line 5: "part" is not a name of a fold.',
  ]);
  expect((await all(readLabelledTexts(path)))[0]).toEqual({ line: 2, text: "a", label: "x" });
});

test("texts come with one summary or translation from a column, or with several from a list", async () => {
  const pairs = fileOf("pairs.tsv", 'text\ttranslations\nIl dit : «"non"».\tHe says no.\n');
  expect(await all(readTranslatedTexts(pairs))).toEqual([
    { line: 2, text: 'Il dit : «"non"».', translations: ["He says no."] },
  ]);
  const lists = fileOf("pairs.jsonl", '{"text":"a","translations":["b","c"]}\n{"text":"d","translations":[]}\n');
  const errors: string[] = [];
  const found = await all(readTranslatedTexts(lists, { onBadRecord: (error) => errors.push(error.message) }));
  expect(found).toEqual([{ line: 1, text: "a", translations: ["b", "c"] }]);
  expect(errors).toEqual([expect.stringContaining('line 2: "translations" is not a list of texts')]);
  const papers = fileOf("papers.csv", "body,summaries\na long text,a short one\n");
  expect(await all(readSummarizedTexts(papers, { field: "body" }))).toEqual([
    { line: 2, text: "a long text", summaries: ["a short one"] },
  ]);
  await expect(all(readTranslatedTexts(papers, { field: "body" }))).rejects.toThrow('has no column "translations"');
});

test("a sentence with a tag of another scheme is bad; one of none is a part of speech", async () => {
  await expect(all(readTaggedSentences(fileOf("c.conll", "a\tS-PER\n")))).rejects.toThrow(
    'line 1: it has the tag "S-PER"; write entities as O, B-TYPE and I-TYPE (IOB2)',
  );
  await expect(all(readTaggedSentences(fileOf("e.conll", "a\t\n")))).rejects.toThrow("a token without a tag");
  const speech = fileOf("p.conll", "a\tNN\n");
  expect(await all(readTaggedSentences(speech, { names: new Map([["NN", "NOUN"]]) }))).toEqual([
    { line: 1, tokens: ["a"], tags: ["NOUN"] },
  ]);
  const jsonl = fileOf("c.jsonl", '{"tokens":["a"],"tags":["B-PER"]}\n{"tokens":["a","b"],"tags":["O"]}\n');
  await expect(all(readTaggedSentences(jsonl))).rejects.toThrow("line 2: it has 2 tokens and 1 tags");
});

test.skipIf(!existsSync(data))("reads the public data sets whole (needs shared/data)", async () => {
  expect(await all(readLabelledTexts(join(data, "20newsgroups/test.jsonl")))).toHaveLength(7532);
  expect(await all(readTaggedSentences(join(data, "wnut17/test.conll")))).toHaveLength(1287);
  expect(await all(readTaggedSentences(join(data, "broad-twitter-corpus/train.conll")))).toHaveLength(6338);
});

test("a whole file is one text", async () => {
  expect(await readText(fileOf("letter.txt", "\ufeffDear all,\n\n  hello.\n"))).toBe("Dear all,\n\n  hello.");
  expect(await readText(fileOf("empty.txt", ""))).toBe("");
});

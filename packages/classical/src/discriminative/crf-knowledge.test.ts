import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Tagger } from "@bifocal/contracts";
import { afterAll, expect, test } from "vitest";
import { entitySentences } from "../../testing/entity-sentences.js";
import { openModel, openModelFile, trainModel } from "../learners.js";
import { encodeModel } from "../model-file.js";
import type { CrfParams } from "./crf-params.js";

const folder = mkdtempSync(join(tmpdir(), "bifocal-"));
afterAll(() => rmSync(folder, { recursive: true }));

function fileOf(name: string, lines: readonly string[]): string {
  const file = join(folder, name);
  writeFileSync(file, lines.join("\n"));
  return file;
}

const sentences = entitySentences(100, 1);
const learn = (settings: Readonly<Record<string, unknown>>, items = sentences) =>
  trainModel("crf", items, { id: "small", settings });

test("a name of the list is told where nothing else tells it", async () => {
  const names = fileOf("names.tsv", [
    "place\tkuala lumpur",
    "person\tmahatma",
    ...["Rome", "York"].map((each) => `place\t${each}`),
  ]);
  const items = [...sentences, ...["rome", "york"].map((place) => ({ tokens: ["so", place], tags: ["O", "B-LOC"] }))];
  const tagsOf = async (settings: Readonly<Record<string, unknown>>) => {
    const [{ tags }] = await (openModel(await learn(settings, items)) as Tagger).tagTokens([["so", "kuala", "lumpur"]]);
    return tags[1];
  };
  expect(await tagsOf({ templates: "word[0]", names })).toBe("B-LOC");
  expect(await tagsOf({ templates: "word[0]" })).not.toBe("B-LOC");
});

test("a word is told by its cluster, which a file of plain text tells", async () => {
  const text = ["Ada", "Grace", "Hypatia"].flatMap((name) =>
    ["lives", "reads"].flatMap((verb) => Array(5).fill(`${name} ${verb} in Turin. ${name} ${verb} about mathematics.`)),
  );
  const clusterText = fileOf("text.txt", text);
  const tagOf = async (settings: Readonly<Record<string, unknown>>) => {
    const saved = await learn({ templates: "word[0]", clusters: 6, ...settings });
    const [{ tags }] = await (openModel(saved) as Tagger).tagTokens([["so", "Hypatia", "so"]]);
    return tags[1];
  };
  expect(await tagOf({ clusterText })).toBe("B-PER");
  expect(await tagOf({})).not.toBe("B-PER");
});

test("a file that is not UTF-8 is refused, and one that nothing asks for; a mark at its beginning is no part of it", async () => {
  const latin = join(folder, "latin.txt");
  writeFileSync(latin, Buffer.from("place\tM\u00fcnchen\n", "latin1"));
  await expect(learn({ names: latin })).rejects.toThrow(`${latin} is not UTF-8`);
  await expect(learn({ clusters: 6, clusterText: latin })).rejects.toThrow(`${latin} is not UTF-8`);
  await expect(learn({ clusterText: latin })).rejects.toThrow("set clusters=200");
  const marked = fileOf("marked.tsv", ["\ufeffplace\tRome"]);
  expect((await learn({ names: marked })).params).toMatchObject({ nameTypes: ["place"] });
});

test("what it knows of words is saved with the model", async () => {
  const names = fileOf("people.txt", ["Ada", "Grace"]);
  const saved = await learn({ names, clusters: 8 });
  const texts = sentences.map(({ tokens }) => tokens);
  const read = openModelFile(encodeModel(saved)) as Tagger;
  expect(await read.tagTokens(texts)).toEqual(await (openModel(saved) as Tagger).tagTokens(texts));
});

test("templates that name clusters or names are left as they are", async () => {
  const { params } = await learn({ templates: "lower[0]; cluster6[0]", clusters: 4 });
  expect((params as CrfParams).templates).toEqual(["lower[0]", "cluster6[0]"]);
});

test("a file that is not there is refused by its name", async () => {
  await expect(learn({ names: join(folder, "none.txt") })).rejects.toMatchObject({
    code: "unreadable",
    message: expect.stringContaining("none.txt"),
  });
});

test("parts that do not fit each other are refused", async () => {
  const { params, ...saved } = await learn({ clusters: 4 });
  const cut = { ...params, clusterOf: new Uint16Array(1) };
  expect(() => openModel({ ...saved, params: cut })).toThrow(expect.objectContaining({ code: "model-damaged" }));
});

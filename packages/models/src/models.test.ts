import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { dataSets, licenceOfModel, modelLicences } from "../training/data-sets.js";
import { recipes } from "../training/recipes/index.js";
import { embeddedModels, folderOf, readCard, readWeights, type Tried } from "./index.js";

const root = fileURLToPath(new URL("../", import.meta.url));
const megabyte = 1_000_000;

/** The size and the hash of what a model consists of, as `sha256sum` gives them. */
async function weightsOf(id: string): Promise<{ bytes: number; sha256: string }> {
  const { files } = readCard(id);
  const contents = files?.map((file) => readFileSync(join(folderOf(id), file))) ?? [await readWeights(id)];
  const [only] = contents;
  const lines = contents.map((content, i) => `${sha256Of(content)}  ${files?.[i]}\n`);
  return {
    bytes: contents.reduce((sum, { length }) => sum + length, 0),
    sha256: files === undefined && only ? sha256Of(only) : sha256Of(lines.join("")),
  };
}

function sha256Of(content: Uint8Array | string): string {
  return createHash("sha256").update(content).digest("hex");
}

test.each(embeddedModels)("%s ships whole: weights as its card says, card, licence, notice", async (id) => {
  const card = readCard(id);
  const { bytes, sha256 } = await weightsOf(id);
  expect(card.id).toBe(id);
  expect(card.bytes).toBe(bytes);
  expect(card.sha256).toBe(sha256);
  expect(card.measured.length).toBeGreaterThan(0);
  expect(card.limits.length).toBeGreaterThan(0);
  for (const name of ["README.md", "LICENSE", "NOTICE"]) expect(existsSync(`${root}${id}/${name}`), name).toBe(true);
});

test.each(embeddedModels)("%s has a licence no looser than its data's, and says where the data is from", (id) => {
  const { licence, trainedOn } = readCard(id);
  const recipe = recipes.find((each) => each.id === id);
  const names = recipe?.dataSets ?? [];
  const sets = trainedOn.filter((name) => name !== "bifocal's own source");
  expect([...sets].sort()).toEqual([...names].sort());
  const strictness = (modelLicences as readonly string[]).indexOf(licence);
  const sources = [...names, ...(recipe?.looksUp ?? [])];
  expect(strictness).toBeGreaterThanOrEqual(modelLicences.indexOf(licenceOfModel(sources)));
  const notice = readFileSync(`${root}${id}/NOTICE`, "utf8");
  for (const name of sources) {
    expect(Object.keys(dataSets)).toContain(name);
    expect(notice).toContain(dataSets[name]?.attribution);
  }
});

test.each(embeddedModels)("%s has figures that can be: of some items, each within its interval", (id) => {
  for (const { metric, value, interval, baseline, on, items, trainedOn } of readCard(id).measured) {
    expect(Number.isFinite(value) && value > 0, metric).toBe(true);
    if (baseline) expect(Number.isFinite(baseline.value) && baseline.value > 0 && baseline.model !== "").toBe(true);
    if (/accuracy|F1|precision|recall|BLEU|chrF/.test(metric)) expect(value).toBeLessThanOrEqual(1);
    if (interval) expect(interval[0] < value && value < interval[1], metric).toBe(true);
    expect(items).toBeGreaterThan(0);
    expect(on.length > 0 && trainedOn.length > 0).toBe(true);
  }
});

test.each(embeddedModels)("%s says what its settings were chosen among, where they were chosen", (id) => {
  const { chosen } = readCard(id);
  for (const [name, value] of Object.entries(chosen?.settings ?? {})) expect(chosen?.among[name]).toContain(value);
});

test("the summarizers that ship tell of one that writes: its figures, as last measured, and that it is below them", () => {
  const file = new URL("../training/trials/abstractive-summarizer-en.json", import.meta.url);
  const measured = JSON.parse(readFileSync(file, "utf8")) as Tried;
  for (const id of ["sentence-scorer-logistic-regression-en", "sentence-scorer-naive-bayes-en"]) {
    expect(readCard(id).tried).toEqual(measured);
    const page = readFileSync(join(folderOf(id), "README.md"), "utf8");
    for (const said of [measured.about, measured.recipe]) expect(page).toContain(said);
    const against = measured.measured.find(({ metric }) => metric === `ROUGE-L above ${id}`);
    const [low = 0, high = 0] = against?.interval ?? [];
    expect(low < (against?.value ?? 0) && (against?.value ?? 0) < high).toBe(true);
    expect(low).toBeLessThanOrEqual(0);
    const own = readCard(id).measured.find(({ metric }) => metric === "ROUGE-L");
    expect(against?.baseline?.value).toBeCloseTo(own?.value ?? Number.NaN, 9);
  }
});

test("a set that the table does not know asks for the strictest licence", () => {
  expect(licenceOfModel([])).toBe("MIT");
  expect(licenceOfModel(["war-and-peace", "sms-spam"])).toBe("CC-BY-4.0");
  expect(licenceOfModel(["sms-spam", "uner-en-ewt"])).toBe("CC-BY-SA-4.0");
  expect(licenceOfModel(["unheard-of"])).toBe("CC-BY-SA-4.0");
});

test("every model has a recipe, and every folder with weights is listed", () => {
  const folders = readdirSync(root).filter((name) => existsSync(`${root}${name}/card.json`));
  expect(folders.sort()).toEqual([...embeddedModels].sort());
  expect(recipes.map(({ id }) => id).sort()).toEqual([...embeddedModels].sort());
});

test("the models take under 60 MB together, and no file over 16 MB", () => {
  const files = embeddedModels.flatMap((id) => filesBelow(folderOf(id)));
  const sizes = files.map((file) => statSync(file).size);
  expect(Math.max(...sizes)).toBeLessThan(16 * megabyte);
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(60 * megabyte);
});

test("a folder of a network holds what its card lists beside its papers, and nothing else", () => {
  for (const id of embeddedModels) {
    const { files } = readCard(id);
    if (files === undefined) continue;
    const papers = ["LICENSE", "NOTICE", "README.md", "card.json"];
    const found = filesBelow(folderOf(id)).map((file) => relative(folderOf(id), file));
    expect(found.sort()).toEqual([...papers, ...files].sort());
  }
});

function filesBelow(folder: string): string[] {
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" }).map((name) => join(folder, name));
  return names.filter((name) => statSync(name).isFile());
}

test.each([
  ["logistic-regression-sentiment-en", "accuracy", "rt-polarity, ten folds as given, two labels", 0.775],
  ["naive-bayes-sentiment-en", "accuracy", "rt-polarity, ten folds as given, two labels", 0.78],
  ["nbsvm-sentiment-en", "accuracy", "rt-polarity, fold 0, two labels", 0.79],
  ["logistic-regression-topic-en", "accuracy", "20newsgroups test", 0.82],
  ["naive-bayes-topic-en", "accuracy", "20newsgroups test", 0.77],
  ["logistic-regression-spam-en", "macro-F1", "sms-spam test", 0.96],
  ["naive-bayes-spam-en", "macro-F1", "sms-spam test", 0.96],
  ["crf-entities-en-ewt", "exact-match F1", "uner-en-ewt/test.conll", 0.6],
] as const)("the card of %s reports %s on %s of at least %d", (id, metric, on, least) => {
  const figure = readCard(id).measured.find((each) => each.metric === metric && each.on.startsWith(on));
  expect(figure?.value).toBeGreaterThanOrEqual(least);
});

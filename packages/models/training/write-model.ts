import { createHash } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { encodeModel, openModelFile } from "@bifocal/classical";
import type { AnyModel, ModelCard } from "@bifocal/contracts";
import type { EmbeddedCard } from "../src/index.js";
import { cardPage } from "./card-page.js";
import { dataSets, licenceOfModel } from "./data-sets.js";
import type { Built, BuiltFolder, Recipe } from "./recipe.js";

const root = fileURLToPath(new URL("../", import.meta.url));

/** What is to be written: the card's beginning, and the weights. */
interface Weights {
  readonly card: ModelCard;
  /** By their paths in the model's folder. */
  readonly files: ReadonlyMap<string, Uint8Array>;
  readonly answers: readonly (readonly [string, string])[];
}

/** Writes a shipped model's folder: the weights, `card.json`, the card for people, LICENSE and NOTICE. */
export async function writeModel(recipe: Recipe, built: Built | BuiltFolder): Promise<EmbeddedCard> {
  const sources = [...recipe.dataSets, ...(recipe.looksUp ?? [])];
  const about = { licence: licenceOfModel(sources), source: "@bifocal/models" };
  const weights = "folder" in built ? await weightsOfFolder(built, about) : await weightsOfFile(built, about);
  const command = `npm run train -- ${recipe.id}`;
  const card: EmbeddedCard = {
    ...weights.card,
    about: built.about,
    ...("folder" in built && { files: built.files }),
    bytes: [...weights.files.values()].reduce((sum, { length }) => sum + length, 0),
    sha256: hashOf(weights.files),
    measured: built.measured,
    chosen: built.chosen,
    ...(built.tried && { tried: built.tried }),
    limits: built.limits,
    recipe: "folder" in built ? `${built.trainedBy} && ${command}` : command,
  };
  await writeFiles(join(root, recipe.id), [
    ...weights.files,
    ["card.json", `${JSON.stringify(card, null, 2)}\n`],
    ["README.md", await cardPage(card, sources, weights.answers)],
    ["LICENSE", await licenceText(card.licence)],
    ["NOTICE", notice(card, sources)],
  ]);
  return card;
}

type Licensed = Pick<ModelCard, "licence" | "source">;

async function weightsOfFile({ model: saved, encode, examples }: Built, about: Licensed): Promise<Weights> {
  const card: ModelCard = { ...saved.card, ...about };
  const file = encodeModel({ ...saved, card }, encode);
  await using model = openModelFile(file);
  return { card, files: new Map([["model.bifocal", file]]), answers: await answersOf(model, examples) };
}

async function weightsOfFolder({ card, folder, files, answers }: BuiltFolder, about: Licensed): Promise<Weights> {
  const read = await Promise.all(files.map(async (name) => [name, await readFile(join(folder, name))] as const));
  return { card: { ...card, ...about }, files: new Map(read), answers };
}

/** Of one file its hash; of several that of the lines that `sha256sum` prints of them. */
function hashOf(files: ReadonlyMap<string, Uint8Array>): string {
  const lines = [...files].map(([name, file]) => [sha256(file), name] as const);
  const [only] = lines;
  return lines.length === 1 && only ? only[0] : sha256(lines.map((line) => `${line.join("  ")}\n`).join(""));
}

function sha256(content: Uint8Array | string): string {
  return createHash("sha256").update(content).digest("hex");
}

async function writeFiles(folder: string, files: readonly (readonly [string, Uint8Array | string])[]): Promise<void> {
  for (const [name, content] of files) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), content);
  }
}

/** What the model really answers to each example, in a line. */
async function answersOf(model: AnyModel, examples: readonly string[]): Promise<(readonly [string, string])[]> {
  if ("classify" in model) {
    const results = await model.classify(examples);
    return results.map(({ label, score }, i) => [examples[i] ?? "", `${label} (${score.toFixed(2)})`]);
  }
  if ("tag" in model) {
    const results = await model.tag(examples);
    return results.map(({ entities }, i) => [
      examples[i] ?? "",
      entities.map(({ text, label, score }) => `${text} ${label} (${score.toFixed(2)})`).join(", ") || "nothing",
    ]);
  }
  const options = model.card.task === "summarization" ? { sentences: 1 } : { maxNewTokens: 40, seed: 1 };
  const results = await model.generate(examples, options);
  return results.map(({ text }, i) => [examples[i] ?? "", text]);
}

async function licenceText(licence: string): Promise<string> {
  if (licence === "MIT") return readFile(join(root, "../../LICENSE"), "utf8");
  const list = createRequire(import.meta.url)("spdx-license-list/full") as Record<string, { licenseText: string }>;
  return `${list[licence]?.licenseText.trim()}\n`;
}

function notice({ id, licence, files }: EmbeddedCard, names: readonly string[]): string {
  const sources = names.map((name) => {
    const set = dataSets[name];
    return set && `- ${set.title} (${name}). ${set.attribution}. ${set.licence}. ${set.address}\n`;
  });
  const trainedOn =
    sources.length > 0 ? "It was trained on:\n\n" : "It was trained on the project's own source code.\n";
  const holds =
    files === undefined ? "features of them, with numbers" : "weights fitted to them, and pieces of their words";
  return `${id}, a model of Bifocal, licensed under ${licence}.\n\n${trainedOn}${sources.join("")}\nThe texts themselves are not part of the model: it holds ${holds}.\n`;
}

import { createHash } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { encodeModel, openModelFile } from "@bifocal/classical";
import type { AnyModel, ModelCard } from "@bifocal/contracts";
import type { EmbeddedCard } from "../src/index.js";
import { cardPage } from "./card-page.js";
import { dataSets, licenceOfModel } from "./data-sets.js";
import type { Built, Recipe } from "./recipe.js";

const root = new URL("../", import.meta.url);

/** Writes a shipped model's folder: the weights, `card.json`, the card for people, LICENSE and NOTICE. */
export async function writeModel(recipe: Recipe, built: Built): Promise<EmbeddedCard> {
  const sources = [...recipe.dataSets, ...(recipe.looksUp ?? [])];
  const licence = licenceOfModel(sources);
  const card: ModelCard = { ...built.model.card, licence, source: "@bifocal/models" };
  const file = encodeModel({ ...built.model, card }, built.encode);
  const embedded: EmbeddedCard = {
    ...card,
    about: built.about,
    bytes: file.length,
    sha256: createHash("sha256").update(file).digest("hex"),
    measured: built.measured,
    chosen: built.chosen,
    limits: built.limits,
    recipe: `npm run train -- ${recipe.id}`,
  };
  const folder = new URL(`${recipe.id}/`, root);
  const model = openModelFile(file);
  await mkdir(folder, { recursive: true });
  await writeFile(new URL("model.bifocal", folder), file);
  await writeFile(new URL("card.json", folder), `${JSON.stringify(embedded, null, 2)}\n`);
  await writeFile(
    new URL("README.md", folder),
    await cardPage(embedded, sources, await answers(model, built.examples)),
  );
  await writeFile(new URL("LICENSE", folder), await licenceText(licence));
  await writeFile(new URL("NOTICE", folder), notice(embedded, sources));
  await model[Symbol.asyncDispose]();
  return embedded;
}

/** What the model really answers to each example, in a line. */
async function answers(model: AnyModel, examples: readonly string[]): Promise<(readonly [string, string])[]> {
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
  if (licence === "MIT") return readFile(new URL("../../LICENSE", root), "utf8");
  const list = createRequire(import.meta.url)("spdx-license-list/full") as Record<string, { licenseText: string }>;
  return `${list[licence]?.licenseText.trim()}\n`;
}

function notice(card: EmbeddedCard, names: readonly string[]): string {
  const sources = names.map((name) => {
    const set = dataSets[name];
    return set && `- ${set.title} (${name}). ${set.attribution}. ${set.licence}. ${set.address}\n`;
  });
  const trainedOn =
    sources.length > 0 ? "It was trained on:\n\n" : "It was trained on the project's own source code.\n";
  return `${card.id}, a model of Bifocal, licensed under ${card.licence}.\n\n${trainedOn}${sources.join("")}\nThe texts themselves are not part of the model: it holds features of them, with numbers.\n`;
}

import {
  type AnyModel,
  BifocalError,
  canExplain,
  canExplainTags,
  contractOf,
  exportOnnx,
  int8Weights,
  listModels,
  type ModelCard,
  type ModelListing,
  pruneModel,
  readSavedModel,
  type StrongestFeatures,
  type StrongestTransitions,
} from "bifocal";
import type { Command } from "commander";
import { checkWritable, writeWhole } from "../files.js";
import { cardOf, modelId, openNamed } from "../open-named.js";
import { cardLines } from "../present/card.js";
import { featureLines, transitionLines } from "../present/explanation.js";
import { table } from "../present/table.js";
import { visible } from "../present/text.js";
import { print, type Session } from "../session.js";
import { type DefineCommand, examples } from "./command.js";

/** `bifocal models list`, and `info`, `export`, `prune` of one. */
export const defineModels: DefineCommand = (program, session) => {
  const models = program.command("models").description("the models that are at hand");
  defineList(models, session);
  defineInfo(models, session);
  defineExport(models, session);
  definePrune(models, session);
};

function defineList(models: Command, session: Session): void {
  models
    .command("list")
    .description("every model that needs no network; * marks the default of its task")
    .option("--json", "a JSON object a line")
    .addHelpText("after", examples("bifocal models list", "bifocal models list --json | jq .card.id"))
    .action(async ({ json }: { json?: boolean }) => {
      const listings = listModels();
      const lines = json ? listings.map((listing) => JSON.stringify(listing)) : table([header, ...listings.map(rowOf)]);
      if (lines.length > 0) await print(session, `${lines.join("\n")}\n`);
    });
}

function defineInfo(models: Command, session: Session): void {
  models
    .command("info")
    .argument("<id>", "a name that `models list` gives, or the path of a model file")
    .description("what a model is, learned from, and cannot do")
    .option("--json", "the card as one JSON object")
    .addHelpText("after", examples("bifocal models info NAME", "bifocal models info ./my.bifocal --json"))
    .action(async (id: string, { json }: { json?: boolean }) => {
      const card = await cardOf(id);
      const { labels, ...strongest } = await insideOf(card, id, session);
      const told = { ...card, ...(labels && { labels }) };
      const lines = json
        ? [JSON.stringify({ ...told, ...strongest })]
        : [...cardLines(told), ...strongestLines(strongest, session)];
      await print(session, `${lines.join("\n")}\n`);
    });
}

/** What a model listens to, where it can say. */
interface Strongest {
  readonly strongestFeatures?: readonly StrongestFeatures[];
  readonly strongestTransitions?: StrongestTransitions;
}

/** What is told of a model beside its card: what it decides between, and what it listens to. */
interface Inside extends Strongest {
  readonly labels?: readonly string[];
}

async function insideOf({ task, paradigm }: ModelCard, id: string, session: Session): Promise<Inside> {
  if (contractOf[task] === "text-generator" || paradigm === "rule-based") return {};
  await using model = await openNamed(id, session);
  return { ...("labels" in model && { labels: model.labels }), ...(await strongestOf(model)) };
}

async function strongestOf(model: AnyModel): Promise<Strongest> {
  const count = 8;
  if (canExplainTags(model))
    return {
      strongestFeatures: await model.strongestFeatures({ count }),
      strongestTransitions: await model.strongestTransitions({ count }),
    };
  return canExplain(model) ? { strongestFeatures: await model.strongestFeatures({ count }) } : {};
}

function strongestLines({ strongestFeatures, strongestTransitions }: Strongest, { stdout }: Session): string[] {
  const width = stdout.columns ?? 100;
  return [
    ...(strongestFeatures === undefined
      ? []
      : ["strongest features, by what they add to the score", ...featureLines(strongestFeatures, width)]),
    ...(strongestTransitions === undefined
      ? []
      : ["strongest transitions", ...transitionLines(strongestTransitions, width)]),
  ];
}

function defineExport(models: Command, session: Session): void {
  models
    .command("export")
    .argument("<id>", "a name that `models list` gives, or the path of a model file")
    .description(
      "write a linear classifier or naive Bayes as an ONNX model (texts in, labels and probabilities out), or a chain of tags (features of tokens in, scores of tags out)",
    )
    .requiredOption("--output <file>", "the ONNX file; written whole or not at all")
    .option("--symbols <characters>", "symbols beyond the common ones that stand right beside words in your texts")
    .addHelpText("after", examples("bifocal models export naive-bayes-spam-en --output spam.onnx"))
    .action(async (id: string, { output, symbols }: { output: string; symbols?: string }) => {
      await checkWritable(output);
      const file = exportOnnx(await readSavedModel(modelId(id)), { ...(symbols !== undefined && { symbols }) });
      await writeWhole(output, file);
      await print(session, `${output}, ${Math.ceil(file.length / 1024)} KiB\n`);
    });
}

function definePrune(models: Command, session: Session): void {
  models
    .command("prune")
    .argument("<id>", "a name that `models list` gives, or the path of a model file")
    .description("drop a classifier's terms that matter least until its file fits a size")
    .requiredOption("--size <size>", "the most that the file may take: 500kB, 2MB, or bytes")
    .requiredOption("--output <file>", "the model file; written whole or not at all")
    .option("--int8", "keep weights in 8 bits: room for more terms")
    .addHelpText("after", examples("bifocal models prune my.bifocal --size 500kB --int8 --output small.bifocal"))
    .action(async (id: string, { size, output, int8 }: { size: string; output: string; int8?: boolean }) => {
      const maximumBytes = parseSize(size);
      await checkWritable(output);
      const model = await readSavedModel(modelId(id));
      const { file, kept, dropped } = pruneModel(model, {
        maximumBytes,
        ...(int8 && { quantize: int8Weights(model) }),
      });
      await writeWhole(output, file);
      const first = dropped.strongest.length > 0 ? `, the first of them ${dropped.strongest.join(" · ")}` : "";
      const done = `${output}, ${file.length} bytes: ${kept} terms kept, ${dropped.count} dropped${visible(first)}`;
      await print(session, `${done}\n`);
    });
}

const units: Readonly<Record<string, number>> = {
  "": 1,
  b: 1,
  k: 1e3,
  kb: 1e3,
  kib: 2 ** 10,
  m: 1e6,
  mb: 1e6,
  mib: 2 ** 20,
};

/** @throws {BifocalError} `invalid-input` for what is no size. */
function parseSize(size: string): number {
  const [, number, unit = ""] = /^(\d+(?:\.\d+)?) ?([a-z]*)$/i.exec(size) ?? [];
  const bytes = Math.floor(Number(number) * (units[unit.toLowerCase()] ?? Number.NaN));
  if (bytes > 0) return bytes;
  throw new BifocalError("invalid-input", `"${size}" is no size. Write 500kB, 2MB, or a number of bytes.`);
}

const header = ["", "id", "task", "paradigm", "family", "languages", "licence"];

function rowOf({ card, default: isDefault }: ModelListing): string[] {
  const { id, task, paradigm, family, languages, licence } = card;
  return [isDefault ? "*" : "", id, task, paradigm, family, languages.join(" "), licence];
}

import { isAbsolute } from "node:path";
import {
  type AnyModel,
  bytesOf,
  type CardOf,
  canExplain,
  canExplainTags,
  cardOfPulled,
  contractOf,
  exportOnnx,
  findPulled,
  type HubTask,
  listModels,
  type ModelCard,
  type ModelLock,
  pulledModels,
  readSavedModel,
  type StrongestFeatures,
  type StrongestTransitions,
} from "bifocal";
import type { Command } from "commander";
import { checkWritable, refuseSameFile, writeWhole } from "../files.js";
import { cardOf, modelId, openNamed } from "../open-named.js";
import { sizeText } from "../present/bytes.js";
import { cardLines } from "../present/card.js";
import { featureLines, transitionLines } from "../present/explanation.js";
import { lockLines, lockRecord } from "../present/pulled.js";
import { table } from "../present/table.js";
import { print, type Session } from "../session.js";
import { type DefineCommand, examples } from "./command.js";
import { definePrune } from "./models-prune.js";
import { definePack, definePull, defineRemove, defineVerify } from "./models-pulled.js";

/** `bifocal models`: what is at hand, and what is done with one. */
export const defineModels: DefineCommand = (program, session) => {
  const models = program.command("models").description("the models that are at hand");
  defineList(models, session);
  defineInfo(models, session);
  defineExport(models, session);
  definePrune(models, session);
  definePull(models, session);
  defineVerify(models, session);
  definePack(models, session);
  defineRemove(models, session);
};

function defineList(models: Command, session: Session): void {
  models
    .command("list")
    .description("every model that needs no network, embedded or pulled; * marks the default of its task")
    .option("--json", "a JSON object a line")
    .addHelpText("after", examples("bifocal models list", "bifocal models list --json | jq .card.id"))
    .action(async ({ json }: { json?: boolean }) => {
      const listings = [...listModels(), ...(await pulledModels()).map(listingOf)];
      const lines = json ? listings.map((listing) => JSON.stringify(listing)) : table([header, ...listings.map(rowOf)]);
      if (lines.length > 0) await print(session, `${lines.join("\n")}\n`);
    });
}

function defineInfo(models: Command, session: Session): void {
  models
    .command("info")
    .argument("<id>", "a name that `models list` gives, or the path of a model file")
    .description("what a model is, learned from, and cannot do; of a pulled one its card and lock")
    .option("--json", "the card as one JSON object")
    .addHelpText("after", examples("bifocal models info NAME", "bifocal models info ./my.bifocal --json"))
    .action(async (id: string, { json }: { json?: boolean }) => {
      if (isHubId(id)) return showPulled(id, json === true, session);
      const card = await cardOf(id);
      const { labels, ...strongest } = await insideOf(card, id, session);
      const told = { ...card, ...(labels && { labels }) };
      const lines = json
        ? [JSON.stringify({ ...told, ...strongest })]
        : [...cardLines(told), ...strongestLines(strongest, session)];
      await print(session, `${lines.join("\n")}\n`);
    });
}

/** Neither a name nor a path. */
function isHubId(id: string): boolean {
  return id.includes("/") && !modelId(id).startsWith(".") && !isAbsolute(id);
}

async function showPulled(id: string, asJson: boolean, session: Session): Promise<void> {
  const { locks } = await findPulled(id);
  for (const lock of locks) {
    const card = cardOfPulled(lock);
    const lines = asJson
      ? [JSON.stringify({ ...card, lock: lockRecord(lock) })]
      : [...cardLines(card), ...lockLines(lock)];
    await print(session, `${lines.join("\n")}\n`);
  }
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
      refuseSameFile(id, output);
      await checkWritable(output);
      const file = exportOnnx(await readSavedModel(modelId(id)), { ...(symbols !== undefined && { symbols }) });
      await writeWhole(output, file);
      await print(session, `${output}, ${Math.ceil(file.length / 1024)} KiB\n`);
    });
}

/** A model of the list: embedded ones of some files have a size, pulled ones a dtype and commit as well. */
interface Listed {
  readonly card: CardOf<HubTask> & { readonly bytes?: number };
  readonly default: boolean;
  readonly dtype?: string;
  readonly commit?: string;
}

function listingOf(lock: ModelLock): Listed {
  const { dtype, commit } = lock;
  return { card: { ...cardOfPulled(lock), bytes: bytesOf(lock) }, default: false, dtype, commit };
}

const header = ["", "id", "task", "paradigm", "family", "languages", "licence", "size"];

function rowOf({ card, default: isDefault, dtype }: Listed): string[] {
  const { id, task, paradigm, family, languages, licence, bytes } = card;
  const kind = dtype === undefined ? family : `${family} ${dtype}`;
  const size = bytes === undefined ? "–" : sizeText(bytes);
  return [isDefault ? "*" : "", id, task, paradigm, kind, languages.join(" "), licence, size];
}

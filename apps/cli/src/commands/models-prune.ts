import { readTexts } from "@bifocal/corpus";
import { BifocalError, int8Weights, pruneModel, readSavedModel, type SavedModel } from "bifocal";
import type { Command } from "commander";
import { checkWritable, refuseSameFile, writeWhole } from "../files.js";
import { modelId } from "../open-named.js";
import { visible } from "../present/text.js";
import { print, type Session } from "../session.js";
import { examples } from "./command.js";

interface PruneCommandOptions {
  readonly size: string;
  readonly output: string;
  readonly int8?: boolean;
  readonly texts?: string;
}

/** `bifocal models prune`. */
export function definePrune(models: Command, session: Session): void {
  models
    .command("prune")
    .argument("<id>", "a name that `models list` gives, or the path of a model file")
    .description("drop a classifier's terms that matter least until its file fits a size")
    .requiredOption("--size <size>", "the most that the file may take: 500kB, 2MB, or bytes")
    .requiredOption("--output <file>", "the model file; written whole or not at all")
    .option("--int8", "keep weights in 8 bits: room for more terms")
    .option("--texts <file>", "texts such as the model will read, by which frequent terms are told from rare ones")
    .addHelpText("after", examples("bifocal models prune my.bifocal --size 500kB --int8 --output small.bifocal"))
    .action(async (id: string, { size, output, int8, texts }: PruneCommandOptions) => {
      const maximumBytes = parseSize(size);
      for (const read of [id, texts ?? "-"]) refuseSameFile(read, output);
      await checkWritable(output);
      const model = await readSavedModel(modelId(id));
      const { file, kept, dropped } = pruneModel(model, {
        maximumBytes,
        ...(int8 && { quantize: quantizable(model) }),
        ...(texts !== undefined && { texts: await textsOf(texts, session) }),
      });
      await writeWhole(output, file);
      const first = dropped.strongest.length > 0 ? `, the first of them ${dropped.strongest.join(" · ")}` : "";
      const done = `${output}, ${file.length} bytes: ${kept} terms kept, ${dropped.count} dropped${visible(first)}`;
      await print(session, `${done}\n`);
    });
}

/** @throws {BifocalError} `unsupported` for a model without weights. */
function quantizable(model: SavedModel): ReturnType<typeof int8Weights> {
  const weights = int8Weights(model);
  if (Object.keys(weights).length > 0) return weights;
  const { id, family } = model.card;
  throw new BifocalError("unsupported", `${id} (${family}) has no weights to keep in 8 bits. Leave out --int8.`);
}

async function textsOf(path: string, { signal }: Session): Promise<string[]> {
  const texts: string[] = [];
  for await (const { text } of readTexts(path, { signal })) texts.push(text);
  return texts;
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

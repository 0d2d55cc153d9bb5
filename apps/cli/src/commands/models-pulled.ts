import {
  BifocalError,
  bytesOf,
  type ModelLock,
  packModel,
  parseHubTask,
  pullModel,
  removeModel,
  unpackModel,
  verifyModels,
} from "bifocal";
import type { Command } from "commander";
import { withDownloads } from "../downloads.js";
import { checkWritable } from "../files.js";
import { sizeText } from "../present/bytes.js";
import { canaryText, lockRecord, verificationLines } from "../present/pulled.js";
import { visible } from "../present/text.js";
import { note, print, type Session } from "../session.js";
import { examples } from "./command.js";

interface PullFlags {
  readonly dtype?: string;
  readonly task?: string;
  readonly from?: string;
  readonly compare: boolean;
  readonly json?: boolean;
}

/** `bifocal models pull`. */
export function definePull(models: Command, session: Session): void {
  models
    .command("pull")
    .argument("[id]", "a Hub id: org/name or org/name@revision")
    .description("bring a model from the Hub, lock its files, and try its weights beside fp32")
    .option("--dtype <dtype>", "which weights: fp32, fp16, q8, int8, uint8, q4, q4f16, bnb4; default: q8, else fp32")
    .option("--task <task>", "what for; default: what its configuration says; feature-extraction to embed texts")
    .option("--no-compare", "do not bring fp32 weights for comparison")
    .option("--from <file>", "take the model from what `models pack` wrote, with no network")
    .option("--json", "the lock as one JSON object")
    .addHelpText(
      "after",
      examples(
        "bifocal models pull Xenova/distilbert-base-uncased-finetuned-sst-2-english",
        "bifocal models pull org/name@v1.0 --dtype q4 --task summarization",
        "bifocal models pull --from model.tar",
      ),
    )
    .action(async (id: string | undefined, flags: PullFlags) => {
      const lock = await pull(id, flags, session);
      const lines = flags.json ? [JSON.stringify(lockRecord(lock))] : pulledLines(lock);
      await print(session, `${lines.join("\n")}\n`);
    });
}

function pull(id: string | undefined, { from, dtype, task, compare }: PullFlags, session: Session): Promise<ModelLock> {
  if ((id === undefined) === (from === undefined)) {
    throw new BifocalError("invalid-input", "Give a Hub id, or --from with the file that models pack wrote.");
  }
  if (from !== undefined) return unpackModel(from, { signal: session.signal });
  const wishes = {
    compare,
    ...(dtype !== undefined && { dtype }),
    ...(task !== undefined && { task: parseHubTask(task) }),
  };
  return withDownloads(session, (options) => pullModel(id as string, { ...wishes, ...options }));
}

function pulledLines(lock: ModelLock): string[] {
  return [
    `${lock.id}  ${lock.dtype}  ${lock.commit.slice(0, 7)}  ${sizeText(bytesOf(lock))} in ${Object.keys(lock.files).length} files`,
    canaryText(lock),
  ];
}

/** `bifocal models verify`. */
export function defineVerify(models: Command, session: Session): void {
  models
    .command("verify")
    .argument("[id]", "a pulled model; default: all of them")
    .description("read every file of pulled models anew, and try their weights on this machine")
    .option("--json", "a JSON object a line")
    .addHelpText("after", examples("bifocal models verify", "bifocal models verify org/name --json"))
    .action(async (id: string | undefined, { json }: { json?: boolean }) => {
      let bad = 0;
      let count = 0;
      for await (const found of verifyModels(id, { signal: session.signal })) {
        count++;
        if (found.badFiles.length > 0 || found.lock.canary?.agrees === false) bad++;
        const { lock, badFiles } = found;
        const lines = json ? [JSON.stringify({ ...lockRecord(lock), badFiles })] : verificationLines(found);
        await print(session, `${lines.join("\n")}\n`);
      }
      if (count === 0) note(session, "bifocal: no model was pulled yet.");
      if (bad > 0) {
        throw new BifocalError(
          "model-damaged",
          `${bad} of ${count} cannot be used. Bring bad files again: bifocal models pull ID --dtype DTYPE. In place of weights that drift pull another dtype.`,
        );
      }
    });
}

/** `bifocal models remove`. */
export function defineRemove(models: Command, session: Session): void {
  models
    .command("remove")
    .argument("<id>", "a pulled model, with all its revisions; org/name@revision for one")
    .description("remove a pulled model from the cache")
    .addHelpText("after", examples("bifocal models remove org/name"))
    .action(async (id: string) => {
      await print(session, `${visible(id)} removed, ${sizeText(await removeModel(id))}\n`);
    });
}

/** `bifocal models pack`. */
export function definePack(models: Command, session: Session): void {
  models
    .command("pack")
    .argument("<id>", "a pulled model")
    .description("write a pulled model to one file, for a machine that has no network")
    .requiredOption("--output <file>", "the tar file; written whole or not at all")
    .option("--dtype <dtype>", "which of several dtypes that were pulled")
    .addHelpText(
      "after",
      examples("bifocal models pack org/name --output model.tar", "bifocal models pull --from model.tar"),
    )
    .action(async (id: string, { output, dtype }: { output: string; dtype?: string }) => {
      await checkWritable(output);
      const lock = await packModel(id, output, { signal: session.signal, ...(dtype !== undefined && { dtype }) });
      await print(
        session,
        `${output}, ${sizeText(bytesOf(lock))}: ${lock.id} ${lock.dtype} ${lock.commit.slice(0, 7)}\n`,
      );
    });
}

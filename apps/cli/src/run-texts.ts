import { setImmediate } from "node:timers/promises";
import type { TextItem } from "@bifocal/corpus";
import { type GenerateOptions, type Pipeline, type ResultOf, type Task, throwIfAborted } from "bifocal";
import { inBatches } from "./batches.js";

/** A text and what a model answered to it. */
export interface Answered {
  readonly item: TextItem;
  readonly result: ResultOf<Task>;
}

const batchSize = 32;

/**
 * A model's results for texts as they are read, in their order and in batches; holds one batch.
 * @throws {BifocalError} `aborted` once the signal fires, and what reading or the model throws.
 */
export async function* runTexts(
  run: Pipeline<Task>,
  items: AsyncIterable<TextItem> | Iterable<TextItem>,
  { signal, ...options }: GenerateOptions & { readonly signal: AbortSignal },
): AsyncIterable<Answered[]> {
  for await (const batch of inBatches(items, batchSize)) {
    // Embedded models compute on this thread: an interruption is heard between batches only.
    await setImmediate();
    throwIfAborted(signal);
    const texts = batch.map(({ text }) => text);
    const results = await run(texts, { ...options, signal });
    yield batch.flatMap((item, i) => {
      const result = results[i];
      return result === undefined ? [] : [{ item, result }];
    });
  }
}

import { checkOption } from "@bifocal/contracts";

const sizeRule = { type: "integer", min: 1, max: 1_000_000, about: "items that a model is asked at once" } as const;

/**
 * The items in arrays of `size`, the last one shorter; reads no further ahead than one array.
 * @throws {BifocalError} `invalid-input` unless the size is a whole number from 1.
 */
export async function* batches<T>(items: Iterable<T> | AsyncIterable<T>, size: number): AsyncGenerator<T[]> {
  checkOption("batchSize", sizeRule, size);
  let batch: T[] = [];
  for await (const item of items) {
    batch.push(item);
    if (batch.length < size) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

import { expect, test } from "vitest";
import type { Catalog } from "./catalog.js";
import { createModelPool } from "./model-pool.js";
import { sampleCatalog } from "./testing/sample-catalog.js";

const [listing] = sampleCatalog.listModels();
if (listing === undefined) throw new Error("The sample is empty.");
const { card } = listing;

/** The sample, whose openings are counted and, the first so many times, fail. */
function countedCatalog(failures = 0): Catalog & { openings: number } {
  return {
    ...sampleCatalog,
    openings: 0,
    async openModel(task, id) {
      this.openings++;
      if (this.openings <= failures) throw new Error("broken");
      return sampleCatalog.openModel(task, id);
    },
  };
}

test("calls at the same time share one opening", async () => {
  const catalog = countedCatalog();
  await using pool = createModelPool(catalog);
  const [one, other] = await Promise.all([pool.open(card), pool.open(card)]);
  expect(one).toBe(other);
  expect(await pool.open(card)).toBe(one);
  expect(catalog.openings).toBe(1);
});

test("an opening that failed is tried again", async () => {
  await using pool = createModelPool(countedCatalog(1));
  await expect(pool.open(card)).rejects.toThrow("broken");
  expect((await pool.open(card)).card.id).toBe(card.id);
});

test("closing closes each model once and refuses more", async () => {
  let closed = 0;
  const catalog: Catalog = {
    ...sampleCatalog,
    async openModel(task, id) {
      const model = await sampleCatalog.openModel(task, id);
      return { ...model, [Symbol.asyncDispose]: async () => void closed++ };
    },
  };
  const pool = createModelPool(catalog);
  await Promise.all([pool.open(card), pool.open(card)]);
  await pool[Symbol.asyncDispose]();
  expect(closed).toBe(1);
  await expect(pool.open(card)).rejects.toMatchObject({ code: "aborted" });
});

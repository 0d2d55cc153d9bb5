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

test("calls at the same time share one opening, and an opening that failed is tried again", async () => {
  const catalog = countedCatalog(1);
  await using pool = createModelPool(catalog);
  await expect(pool.use(card, async () => {})).rejects.toThrow("broken");
  const [one, other] = await Promise.all([
    pool.use(card, async (model) => model),
    pool.use(card, async (model) => model),
  ]);
  expect(one).toBe(other);
  expect(catalog.openings).toBe(2);
});

test("closing it refuses more", async () => {
  const pool = createModelPool(sampleCatalog);
  await pool.use(card, async () => {});
  await pool[Symbol.asyncDispose]();
  await expect(pool.use(card, async () => {})).rejects.toMatchObject({ code: "aborted" });
});

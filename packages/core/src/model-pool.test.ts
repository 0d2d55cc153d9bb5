import type { Classifier } from "@bifocal/contracts";
import { expect, test } from "vitest";
import { fakeCard } from "../testing/fake-models.js";
import { createModelPool } from "./model-pool.js";

/** Opens models of a megabyte, and takes down what was opened and closed. */
function watched(failures = 0) {
  const told: string[] = [];
  const open = async (id: string): Promise<Classifier> => {
    told.push(`open ${id}`);
    if (told.length <= failures) throw new Error("broken");
    return {
      card: fakeCard(id, "text-classification"),
      bytes: 1e6,
      labels: ["a", "b"],
      scoreKind: "probability",
      classify: async () => [],
      [Symbol.asyncDispose]: async () => {
        told.push(`close ${id}`);
      },
    };
  };
  return { open, told };
}

const idOf = ({ card }: Classifier) => card.id;

test("calls at the same time share one opening, and later ones have the same model", async () => {
  const { open, told } = watched();
  await using pool = createModelPool(open, { budgetBytes: 3e6 });
  expect(await Promise.all([pool.use("x", idOf), pool.use("x", idOf)])).toEqual(["x", "x"]);
  await pool.use("x", idOf);
  expect(told).toEqual(["open x"]);
});

test("the one that was used least recently is closed where the budget is exceeded", async () => {
  const { open, told } = watched();
  await using pool = createModelPool(open, { budgetBytes: 2e6 });
  for (const id of ["x", "y", "x", "z", "x", "y"]) await pool.use(id, idOf);
  expect(told).toEqual(["open x", "open y", "open z", "close y", "open y", "close z"]);
});

test("what is in use stays, however little room there is", async () => {
  const { open, told } = watched();
  await using pool = createModelPool(open, { budgetBytes: 1e6 });
  await pool.use("x", async () => {
    await pool.use("y", idOf);
    expect(told).toEqual(["open x", "open y"]);
  });
  await pool.use("z", idOf);
  expect(told).toEqual(["open x", "open y", "open z", "close x", "close y"]);
});

test("an opening that failed is tried again", async () => {
  const { open } = watched(1);
  await using pool = createModelPool(open, { budgetBytes: 1e6 });
  await expect(pool.use("x", idOf)).rejects.toThrow("broken");
  expect(await pool.use("x", idOf)).toBe("x");
});

test("closing closes each model once, and nothing is opened later", async () => {
  const { open, told } = watched();
  const pool = createModelPool(open, { budgetBytes: 9e6 });
  await Promise.all(["x", "y"].map((id) => pool.use(id, idOf)));
  await pool[Symbol.asyncDispose]();
  await pool[Symbol.asyncDispose]();
  expect(told.slice(2).sort()).toEqual(["close x", "close y"]);
  await expect(pool.use("x", idOf)).rejects.toMatchObject({ code: "aborted" });
});

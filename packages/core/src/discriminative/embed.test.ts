import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { classifierChecks, embedderChecks } from "@bifocal/contracts/testing";
import { afterAll, describe, expect, test } from "vitest";
import { openEmbedder } from "../open-embedder.js";
import { cosine, nearest } from "./embed.js";
import { zeroShotByEmbedding } from "./zero-shot.js";

test("the cosine is that of the angle, and 0 where there is none", () => {
  expect(cosine([1, 0], [1, 1])).toBeCloseTo(Math.SQRT1_2, 12);
  expect(cosine([2, 0], [-3, 0])).toBe(-1);
  expect(cosine([0, 0], [1, 1])).toBe(0);
});

test("the nearest come first, of equal ones the first in the list", () => {
  const list = [
    [0, 1],
    [1, 0],
    [2, 0],
    [1, 1],
  ];
  expect(nearest([1, 0], list, 3).map(({ index }) => index)).toEqual([1, 2, 3]);
});

const folder = fileURLToPath(new URL("../../../../../shared/models/minishlab/potion-base-4M-int8", import.meta.url));

describe.skipIf(!existsSync(folder))("a real embedder (skipped where ../shared/models is not there)", () => {
  const opened: ReturnType<typeof openEmbedder>[] = [];
  const open = async () => {
    opened[0] ??= openEmbedder(folder);
    return { ...(await opened[0]), [Symbol.asyncDispose]: async () => {} };
  };
  afterAll(async () => (await opened[0])?.[Symbol.asyncDispose]());

  for (const { name, run } of embedderChecks(open)) test(name, run);

  test("texts that mean alike lie near each other, and an empty one is 0", async () => {
    const model = await open();
    const texts = ["reset my password", "forgot my login", "the river rose after days of rain", ""];
    const [reset, login, river, empty] = (await model.embed(texts)).map(({ vector }) => vector);
    expect(cosine(reset ?? [], login ?? [])).toBeCloseTo(0.49, 1);
    expect(cosine(reset ?? [], river ?? [])).toBeLessThan(0.2);
    expect(Math.hypot(...(reset ?? []))).toBeCloseTo(1, 5);
    expect(empty?.every((number) => number === 0)).toBe(true);
  });

  const labels = { weather: "rain, sun and storms", accounts: "passwords and logins" };
  for (const { name, run } of classifierChecks(async () => zeroShotByEmbedding(await open(), { labels })))
    test(`zero-shot: ${name}`, run);

  test("labels it was never trained on are told apart by what they mean", async () => {
    const classify = zeroShotByEmbedding(await open(), { labels });
    const texts = ["I forgot my login", "It will rain tomorrow", "Please reset my password", "A storm is coming"];
    expect((await classify.classify(texts)).map(({ label }) => label)).toEqual([
      "accounts",
      "weather",
      "accounts",
      "weather",
    ]);
  });
});

test.each([
  [{ labels: ["one"] }, "two labels"],
  [{ labels: ["one", "two"], template: "nothing" }, 'needs "{}"'],
  [{ labels: ["one", "two"], temperature: 0 }, "above 0"],
])("%j is refused", (options, message) => {
  const embedder = { card: {} } as never;
  expect(() => zeroShotByEmbedding(embedder, options)).toThrow(message);
});

import { listModels } from "bifocal";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Running, start } from "./start.js";

let server: Running;

beforeAll(async () => {
  server = await start({ port: 0 });
});

afterAll(() => server.close());

test.each(listModels().map(({ card }) => card))("$id answers what a user may paste", async ({ task, id }) => {
  const texts = ["Ada Lovelace met Charles Babbage in London.", "", "🙂", "\ud800 \0", "<b>bold</b> & brave"];
  const response = await fetch(`${server.url}/v1/run`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ task, texts, model: id }),
  });
  const { results } = (await response.json()) as { results: { model: string }[] };
  expect(results.map(({ model }) => model)).toEqual(texts.map(() => id));
});

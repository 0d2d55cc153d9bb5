import { listModels } from "bifocal";
import { expect, test } from "vitest";
import { reviewModelFile } from "../../testing/files.js";
import { cli } from "../../testing/session.js";

test("lists every model that is at hand", async () => {
  const { code, stdout } = await cli(["models", "list", "--json"]);
  expect(code).toBe(0);
  const ids = stdout
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line).card.id);
  expect(ids).toEqual(listModels().map(({ card }) => card.id));
  const table = (await cli(["models", "list"])).stdout;
  for (const id of ids) expect(table).toContain(` ${id} `);
});

test("shows the card of a model file", async () => {
  const path = await reviewModelFile("card.bifocal");
  const { stdout } = await cli(["models", "info", path, "--json"]);
  expect(JSON.parse(stdout)).toMatchObject({ id: "reviews", paradigm: "generative", trainedOn: ["made up"] });
  expect((await cli(["models", "info", path])).stdout).toMatch(/^id +reviews\ntask +text-classification\n/);
});

test("shows what an embedded model was measured at", async () => {
  const measured = listModels().find(({ card }) => "measured" in card);
  const { stdout } = await cli(["models", "info", measured?.card.id ?? ""]);
  expect(stdout).toMatch(/\nmeasured\n {2}- \S+.* \d[\d.]* .*on .+ \(\d+ items\)\n/);
  expect(stdout).not.toContain("[object");
});

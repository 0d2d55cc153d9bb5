import { truncate } from "node:fs/promises";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { commit } from "../../../../packages/core/testing/hub-server.js";
import { weightsOf, withHub } from "../../../../packages/core/testing/hub-session.js";
import { withWeights } from "../../../../packages/core/testing/weights.js";
import { fileOf, pathOf } from "../../testing/files.js";
import { cli } from "../../testing/session.js";

const session = withHub();
const id = "tiny/text-classifier";
const pull = (...args: string[]) => cli(["models", "pull", id, ...args]);

test("pulls a model, and then runs it with no network", async () => {
  expect(await pull()).toEqual({
    code: 0,
    stdout: `${id}  fp32  0123456  3 KiB in 4 files\nanswers as when it was pulled\n`,
    stderr: "",
  });
  await session.hub.stop();
  const { stdout } = await cli(["run", "sentiment-analysis", "a good film", "--model", id, "--set", "device=cpu"]);
  expect(stdout).toMatch(/^positive/);
});

test("shows how far it is, on a terminal only", async () => {
  const { code, stderr } = await cli(["models", "pull", id], { isTTY: true });
  expect([code, stderr]).toEqual([0, expect.stringMatching(/% of [\d,]+ bytes/)]);
});

test("lists what was pulled beside what is embedded, and shows its card and lock", async () => {
  await pull();
  const { stdout } = await cli(["models", "list"]);
  expect(stdout).toMatch(/\* +logistic-regression-sentiment-en .* [\d.]+ [KM]iB\n/);
  expect(stdout).toMatch(
    /\n +tiny\/text-classifier +text-classification +discriminative +bert fp32 .*LicenseRef-unknown +3 KiB\n/,
  );
  const last = (await cli(["models", "list", "--json"])).stdout.trim().split("\n").at(-1) ?? "";
  expect(JSON.parse(last)).toMatchObject({ card: { id, family: "bert" }, dtype: "fp32", commit });
  const info = (await cli(["models", "info", id])).stdout;
  expect(info).toMatch(new RegExp(`\\ncommit +${commit}, which main named\\ndtype +fp32\\n`));
  expect(info).toMatch(/\nfiles\n( {2}- \S+ {2}[\d.]+ \w+ {2}[0-9a-f]{64}\n){4}$/);
  expect(JSON.parse((await cli(["models", "info", id, "--json"])).stdout).lock.files["config.json"].bytes).toBe(382);
});

test("verifies what was pulled, and fails where a file is not as it was", async () => {
  expect(await cli(["models", "verify"])).toMatchObject({
    code: 0,
    stdout: "",
    stderr: expect.stringMatching(/no model/),
  });
  session.hub.contents.set("text-classifier/onnx/model_quantized.onnx", await weightsOf("text-classifier"));
  await pull();
  expect((await cli(["models", "verify"])).stdout).toBe(
    `ok   ${id}  q8  0123456  4 files; answers as fp32: drift 0 in probability, at most 0.05\n`,
  );
  await truncate(join(session.cache, "models--tiny--text-classifier/snapshots", commit, "tokenizer.json"), 9);
  const { code, stdout, stderr } = await cli(["models", "verify", id]);
  expect([code, stdout]).toEqual([2, expect.stringMatching(/^BAD .*\n +tokenizer\.json: it has 9 bytes/)]);
  expect(stderr).toMatch(/1 of 1 cannot be used.*models pull/);
  const record = JSON.parse((await cli(["models", "verify", "--json"])).stdout);
  expect(record).toMatchObject({ id, badFiles: [{ file: "tokenizer.json" }], canary: { agrees: true } });
});

test("refuses weights that drift, in one line that says which to take", async () => {
  const wrong = withWeights(await weightsOf("text-classifier"), 2, 0.1);
  session.hub.contents.set("text-classifier/onnx/model_q4.onnx", wrong);
  const { code, stderr } = await pull("--dtype", "q4");
  expect([code, stderr]).toEqual([
    2,
    expect.stringMatching(/^bifocal: The q4 weights .* Take fp32: .*--dtype fp32\n$/),
  ]);
});

test("carries a model to a machine that has no network", async () => {
  await pull();
  const packed = pathOf("model.tar");
  const { stdout } = await cli(["models", "pack", id, "--output", packed]);
  expect(stdout).toBe(`${packed}, 3 KiB: ${id} fp32 0123456\n`);
  expect((await cli(["models", "remove", id])).stdout).toBe(`${id} removed, 3 KiB\n`);
  await session.hub.stop();
  vi.stubEnv("HF_HUB_OFFLINE", "1");
  expect((await cli(["models", "pull", "--from", packed])).stdout).toMatch(/^tiny\/text-classifier {2}fp32 {2}0123456/);
  expect((await cli(["run", "text-classification", "an awful film", "--model", id])).stdout).toMatch(/^negative/);
});

test.each([
  [["pull"], 2, /Hub id, or --from/],
  [["pull", id, "--from", "model.tar"], 2, /Hub id, or --from/],
  [["pull", "tiny/nothing"], 2, /no model tiny\/nothing/],
  [["pull", id, "--task", "nre"], 2, /"ner"/],
  [["pull", id, "--dtype", "q5"], 2, /q4/],
  [["pull", "--from", fileOf("no.tar", "no tar")], 2, /not a whole tar/],
  [["info", id], 2, /models pull tiny\/text-classifier/],
  [["remove", id], 2, /was not pulled/],
  [["pack", id, "--output", "/no/such/folder/model.tar"], 2, /Cannot write/],
])("models %j ends with %i", async (args, exitCode, message) => {
  const { code, stderr } = await cli(["models", ...args]);
  expect([code, stderr]).toEqual([exitCode, expect.stringMatching(message)]);
});

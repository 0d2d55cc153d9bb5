import { expect, test } from "vitest";
import { fileOf, jsonLines, reviews } from "../../testing/files.js";
import { cli } from "../../testing/session.js";

test("without a folder the report is printed, and nothing is written", async () => {
  const data = fileOf("compare.jsonl", jsonLines(reviews));
  const models = "naive-bayes-sentiment-en,logistic-regression-sentiment-en";
  const args = ["compare", "--task", "sentiment-analysis", "--models", models, "--test", data];
  const { code, stdout, stderr } = await cli(args);
  expect(code).toBe(0);
  expect(stdout).toContain("McNemar");
  expect(stderr).not.toContain("report.json");
});

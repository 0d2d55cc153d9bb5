import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { openOnnxModel } from "./open-onnx-model.js";

const shared = fileURLToPath(new URL("../../../../shared/models/", import.meta.url));
const stories = join(shared, "karpathy/stories260K");
const reviews = join(shared, "fasttext/amazon-review-polarity");

describe.skipIf(!existsSync(stories))("stories260K (skipped where ../shared/models is not there)", () => {
  test("goes on as llama2.c does", async () => {
    await using model = await openOnnxModel("text-generation", stories);
    const [story] = await model.generate(["Once upon a time"], { maxNewTokens: 40 });
    expect(story?.text.startsWith(", there was a little girl named Lily. She loved to play outside in the park.")).toBe(
      true,
    );
    expect(story?.logProbability).toBeLessThan(0);
  });

  test("stops in the middle once aborted, and can be used again", async () => {
    await using model = await openOnnxModel("text-generation", stories);
    const controller = new AbortController();
    const options = { maxNewTokens: 500, signal: controller.signal };
    let pieces = 0;
    const listening = (async () => {
      for await (const _ of model.stream("Once upon a time", options)) {
        pieces += 1;
        if (pieces === 3) controller.abort();
      }
    })();
    await expect(listening).rejects.toMatchObject({ code: "aborted" });
    expect(pieces).toBeLessThan(100);
    const [again] = await model.generate(["Once upon a time"], { maxNewTokens: 3 });
    expect(again?.tokens).toBe(3);
  });

  test("stops writing for one who stops listening", async () => {
    await using model = await openOnnxModel("text-generation", stories);
    for await (const { text } of model.stream("Once upon a time", { maxNewTokens: 500 })) {
      expect(text).toBe(",");
      break;
    }
    const started = performance.now();
    await model.generate(["Once upon a time"], { maxNewTokens: 1 });
    expect(performance.now() - started).toBeLessThan(400);
  });
});

test.skipIf(!existsSync(reviews))("fastText's reviews are classified (skipped where it is not there)", async () => {
  await using model = await openOnnxModel("text-classification", reviews);
  const results = await model.classify(["This product is great, I love it.", "A waste of money, do not buy it."]);
  expect(results.map(({ label }) => label)).toEqual(["POSITIVE", "NEGATIVE"]);
});

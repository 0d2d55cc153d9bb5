import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { withHub } from "../../testing/hub-session.js";
import { cosine } from "../discriminative/embed.js";
import { openOnnxEmbedder, openOnnxModel } from "../open-onnx-model.js";
import { pullModel } from "./pull-model.js";
import { verifyModels } from "./verify-models.js";

const models = fileURLToPath(new URL("../../../../../shared/models", import.meta.url));

describe.skipIf(!existsSync(models))("real models (skipped where ../shared/models is not there)", () => {
  const session = withHub();

  /** Lets the Hub have a model of that folder. */
  function serve(folder: string, name: string): void {
    const from = join(models, folder);
    for (const entry of readdirSync(from, { recursive: true, withFileTypes: true })) {
      const path = join(entry.parentPath, entry.name);
      if (entry.isFile()) session.hub.contents.set(`${name}${path.slice(from.length)}`, readFileSync(path));
    }
  }

  test("a decoder is pulled, answers as when it was pulled, and writes", async () => {
    serve("karpathy/stories260K", "stories");
    const { canary } = await pullModel("tiny/stories");
    const rows = canary?.answers.head === "write" ? canary.answers.rows : [];
    expect(rows.find(({ given }) => given.startsWith("Once upon a time"))?.tokens).toBeGreaterThan(10);
    for await (const { lock } of verifyModels()) expect(lock.canary).toMatchObject({ agrees: true, drift: 0 });
    await using model = await openOnnxModel("text-generation", "tiny/stories");
    const [story] = await model.generate(["Once upon a time"], { maxNewTokens: 8 });
    expect(story?.text).toBe(", there was a little girl");
  });

  test("an embedder that has no fp32 is compared with itself, and embeds with no network", async () => {
    serve("minishlab/potion-base-4M-int8", "potion");
    const lock = await pullModel("tiny/potion", { task: "feature-extraction" });
    expect(lock).toMatchObject({ task: "feature-extraction", dtype: "q8", canary: { reference: "q8", agrees: true } });
    await session.hub.stop();
    await using embedder = await openOnnxEmbedder("tiny/potion");
    const [query, near, far] = await embedder.embed(["reset my password", "forgot my login", "a warm, funny film"]);
    expect(cosine(query?.vector ?? [], near?.vector ?? [])).toBeGreaterThan(
      cosine(query?.vector ?? [], far?.vector ?? []),
    );
  });
});

import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { ModelConfig } from "../hub/model-config.js";
import { chatPrompt } from "./chat-prompt.js";
import type { WriteOptions } from "./engine.js";
import type { Loaded } from "./loaded.js";
import { load } from "./transformers.js";
import { writeTexts } from "./write-texts.js";

const fixture = fileURLToPath(new URL("../../../../tests/fixtures/decoding/llama", import.meta.url));
const template = [
  "{{ bos_token }}{% for message in messages %}",
  "{% if message.role == 'system' %}{{ message.content }} now {% elif message.role == 'user' %}you {{ message.content }} ",
  "{% elif message.role == 'assistant' %}they {{ message.content }} {% else %}{{ raise_exception('Who is that?') }}{% endif %}",
  "{% endfor %}{% if add_generation_prompt %}they{% endif %}",
].join("");

let folder = "";
let loaded: Loaded;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "bifocal-chat-"));
  await cp(fixture, folder, { recursive: true });
  await writeFile(join(folder, "chat_template.jinja"), template);
  loaded = await loadFolder(folder);
});
afterAll(() => rm(folder, { recursive: true }));

async function loadFolder(of: string): Promise<Loaded> {
  const config: ModelConfig = JSON.parse(await readFile(join(of, "config.json"), "utf8"));
  return load({ folder: of, head: "write", dtype: "fp32", config });
}

function write(texts: readonly string[], options: WriteOptions) {
  const context = { priority: "interactive" as const, throwIfCancelled: () => {}, tell: () => {} };
  return writeTexts(loaded)({ texts, options: { maxNewTokens: 5, ...options }, streams: false }, context);
}

test("a conversation is told as the template has it, up to where the answer begins", () => {
  const messages = [
    { role: "system", content: "a cat sleeps" },
    { role: "user", content: "sees the sea" },
    { role: "assistant", content: "eats" },
    { role: "user", content: "here" },
  ];
  expect(chatPrompt(loaded, messages)).toBe("<s>a cat sleeps now you sees the sea they eats you here they");
});

test("a text as a message is what its prompt would be, which begins with one start of a text", async () => {
  const options = { chat: true, systemPrompt: "a cat sleeps" };
  const [told] = await write(["sees the sea"], options);
  const [byHand] = await write(["<s>a cat sleeps now you sees the sea they"], {});
  const [plain] = await write(["a cat sleeps now you sees the sea they"], {});
  expect(told).toEqual(byHand);
  expect(told).toEqual(plain);
  expect(told?.usage.tokens).toBe(10);
  const [without] = await write(["sees the sea"], { chat: true });
  expect(without?.usage.tokens).toBe(6);
});

test("what the template refuses, and a model without one, are told apart", async () => {
  expect(() => chatPrompt(loaded, [{ role: "narrator", content: "so" }])).toThrow(
    expect.objectContaining({ code: "invalid-input", message: expect.stringContaining("Who is that?") }),
  );
  const plain = await loadFolder(fixture);
  expect(() => chatPrompt(plain, [{ role: "user", content: "here" }])).toThrow(
    expect.objectContaining({ code: "unsupported", message: expect.stringContaining("no chat template") }),
  );
});

import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { embeddedCatalog, type Running, start } from "@bifocal/demo";
import type { TextGenerator } from "bifocal";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";

const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";
const script = fileURLToPath(new URL("../../apps/demo/dist/web/main.js", import.meta.url));
const missing = [
  ...(existsSync(executablePath) ? [] : [`no browser at ${executablePath}`]),
  ...(existsSync(script) ? [] : ["the page is not built"]),
].join(", ");

const quiet = ["background-networking", "component-update", "sync"].map((what) => `--disable-${what}`);
const args = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", ...quiet];

let server: Running;
let browser: Browser;
let page: Page;
let complaints: string[];

describe.skipIf(missing !== "")(`the page${missing && ` (skipped: ${missing})`}`, () => {
  beforeAll(async () => {
    server = await start({ port: 0 });
    browser = await chromium.launch({ executablePath, args });
  });

  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });

  beforeEach(async () => {
    page = await browser.newPage();
    page.setDefaultTimeout(10_000);
    complaints = [];
    page.on("console", (message) => {
      if (["error", "warning"].includes(message.type())) complaints.push(message.text());
    });
    page.on("pageerror", (error) => complaints.push(error.message));
  });

  afterEach(async () => {
    await page.close();
    expect(complaints).toEqual([]);
  });

  test.each([
    ["sentiment-analysis", undefined, ["discriminative", "generative", "rule-based"], ".bars .bar-number"],
    ["text-classification", "topic", ["discriminative", "generative", "rule-based"], ".bars .bar-number"],
    ["text-classification", "review", ["discriminative", "generative", "rule-based"], ".bars .bar-number"],
    ["text-classification", "spam", ["discriminative", "generative", "rule-based"], ".bars .bar-number"],
    ["ner", undefined, ["discriminative", "generative", "rule-based"], "mark .entity-label"],
    ["summarization", undefined, ["discriminative", "generative", "rule-based"], "mark"],
    ["text-generation", "prose", ["generative", "rule-based"], "mark"],
    ["text-generation", "verse", ["generative", "rule-based"], "mark"],
    ["text-generation", "typescript", ["generative", "rule-based"], "mark"],
    ["translation", undefined, ["discriminative"], ".passage"],
  ])("shows each lens on %s, %s: an answer, or why there is none", async (task, variant, answering, answer) => {
    await page.goto(`${server.url}/#${task}${variant ? `/${variant}` : ""}`);
    await page.locator("#examples button").first().click();
    await isDone();
    if (variant !== undefined) expect(await page.locator("#variants :checked").inputValue()).toBe(variant);
    for (const lens of ["discriminative", "generative", "rule-based"]) {
      const column = page.locator(`.lens-${lens}`);
      const says = column.locator(answering.includes(lens) ? `.models ${answer}` : ".reason");
      expect((await says.first().textContent())?.length, lens).toBeGreaterThan(1);
    }
    expect(await page.locator(".answer-error").count()).toBe(0);
  });

  test("offers a conversation where a writer was trained on such, and asks only that one so", async () => {
    await page.goto(`${server.url}/#text-generation`);
    await page.getByText("Options").click();
    expect(await page.getByLabel("Seed").isVisible()).toBe(true);
    expect(await page.getByLabel("As a conversation").count()).toBe(0);
    const chatting = await start({ port: 0, catalog: withChatter });
    await page.goto(`${chatting.url}/#text-generation/verse`);
    await page.getByText("Options").click();
    await page.getByLabel("As a conversation").check();
    await page.getByLabel("What the model is told before").fill("Be brief.");
    await page.getByLabel("Text", { exact: true }).fill("Hello");
    await page.getByRole("button", { name: "Look" }).click();
    await isDone();
    expect(await page.locator(".lens-generative").textContent()).toContain('{"chat":true,"systemPrompt":"Be brief."}');
    expect(await page.locator(".answer-error").count()).toBe(0);
    await chatting.close();
  });

  test("is used by keyboard alone", async () => {
    await page.goto(`${server.url}/#sentiment-analysis`);
    await page.getByRole("radio", { name: "Sentiment" }).focus();
    await page.keyboard.press("ArrowRight");
    await page.waitForURL(/#ner$/);
    expect(await page.getByRole("radio", { name: "Entities" }).evaluate((radio) => radio.matches(":focus"))).toBe(true);
    await page.getByLabel("Text", { exact: true }).focus();
    await page.keyboard.insertText("Ada Lovelace met Charles Babbage in London on 5 June 1833.");
    await page.keyboard.press("Control+Enter");
    await isDone();
    expect(await page.locator(".lens-discriminative mark").allTextContents()).toContainEqual(
      expect.stringMatching(/London/),
    );
  });

  test("shows markup in a text as text", async () => {
    const text = `<img src=x onerror="document.title='owned'"> <script>document.title='owned'</script> in London.`;
    for (const task of ["ner", "summarization", "text-generation", "sentiment-analysis"]) {
      await page.goto(`${server.url}/#${task}`);
      await page.getByLabel("Text", { exact: true }).fill(text);
      await page.getByRole("button", { name: "Look" }).click();
      await isDone();
      expect(await page.locator("#results img, #results script").count()).toBe(0);
    }
    expect(await page.title()).not.toContain("owned");
  });

  test("says what is missing, and what went wrong", async () => {
    await page.goto(`${server.url}/#sentiment-analysis`);
    await page.getByRole("button", { name: "Look" }).click();
    expect(await page.getByRole("status").textContent()).toMatch(/text first/);
    await page.route("**/v1/run", (route) =>
      route.fulfill({ status: 200, contentType: "application/json", body: '{"results":[]}' }),
    );
    await page.locator("#examples button").first().click();
    await isDone();
    expect(await page.locator(".answer-error").first().textContent()).toMatch(/no result/);
    expect(await page.getByRole("status").textContent()).toMatch(/failed/);
  });

  test.each([360, 1280])("fits a window %d pixels wide", async (width) => {
    await page.setViewportSize({ width, height: 800 });
    for (const task of ["text-classification", "ner", "summarization", "text-generation"]) {
      await page.goto(`${server.url}/#${task}`);
      await page.locator("#examples button").first().click();
      await isDone();
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    }
  });
});

async function isDone(): Promise<void> {
  await page
    .getByRole("status")
    .getByText(/answered|No lens/)
    .waitFor();
}

const plain = { family: "sample", languages: ["en"], licence: "MIT", source: "bifocal", trainedOn: [] };
const usage = { tokens: 1, windows: 1, truncated: false };

/** Writes which options it was given. */
const chatter: TextGenerator = {
  card: { id: "chatter", task: "text-generation", paradigm: "generative", ...plain },
  generate: async (texts, { signal: _, ...options } = {}) =>
    texts.map(() => ({ text: JSON.stringify(options), finishReason: "end", tokens: 1, model: "chatter", usage })),
  async *stream() {},
  async [Symbol.asyncDispose]() {},
};

/** The embedded models and one that was trained on conversations. */
const withChatter: typeof embeddedCatalog = {
  listModels: () => [...embeddedCatalog.listModels(), { card: chatter.card, default: false, chats: true }],
  lensesOf: (task) =>
    embeddedCatalog
      .lensesOf(task)
      .map((lens) =>
        task === "text-generation" && lens.paradigm === "generative"
          ? { ...lens, models: [...lens.models, chatter.card.id] }
          : lens,
      ),
  openModel: async (task, id) => (id === chatter.card.id ? chatter : embeddedCatalog.openModel(task, id)),
};

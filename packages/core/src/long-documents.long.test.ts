import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";

const dist = new URL("../dist/open-onnx-model.js", import.meta.url).href;
const fixtures = fileURLToPath(new URL("../../../tests/fixtures/", import.meta.url));

/** About 300 pages: paragraphs of five sentences, half of them in lines of a printed book. */
const book = `
  function bookOf(sentences) {
    const paragraphs = [];
    for (let i = 0, length = 0; length < 600_000; i++) {
      const own = Array.from({ length: 5 }, (_, j) => sentences[(i * 7 + j * 3) % sentences.length]);
      paragraphs.push(own.join(i % 2 === 0 ? " " : "\\n"));
      length += paragraphs.at(-1).length + 2;
    }
    return paragraphs.join("\\n\\n");
  }
`;

/** Runs a task in a process of its own, as its models have, with 256 MiB of heap each. */
async function read(task: string, model: string, sentences: readonly string[], call: string) {
  const script = `
    import { readdirSync, readFileSync } from "node:fs";
    import { openOnnxModel } from ${JSON.stringify(dist)};
    ${book}
    const text = bookOf(${JSON.stringify(sentences)});
    await using model = await openOnnxModel(${JSON.stringify(task)}, ${JSON.stringify(fixtures + model)});
    const [result] = await ${call};
    const { usage, ...answer } = result;
    const mebibytes = Math.max(process.resourceUsage().maxRSS, peakOfChildren()) / 1024;
    process.stdout.write(JSON.stringify({ characters: text.length, usage, mebibytes, answer: summary(text, answer) }));
    function peakOfChildren() {
      if (process.platform !== "linux") return 0;
      const statuses = readdirSync("/proc").filter((name) => Number(name) > 0).map((id) => {
        try { return readFileSync("/proc/" + id + "/status", "utf8"); } catch { return ""; }
      });
      const own = statuses.filter((status) => status.includes("PPid:\\t" + process.pid + "\\n"));
      return Math.max(...own.map((status) => Number(/VmHWM:\\s+(\\d+)/.exec(status)[1])));
    }
    function summary(text, { label, entities, text: written, finishReason }) {
      const breaks = (written ?? "").split("\\n\\n").length === text.split("\\n\\n").length;
      const faithful = entities?.every(({ start, end, text: own }) => text.slice(start, end) === own);
      return { label, entities: entities?.length, faithful, written: written?.slice(0, 60), breaks, finishReason };
    }
  `;
  // Node 20 cannot parse "await using".
  const plain = script.replace("await using", "const").concat("await model[Symbol.asyncDispose]();");
  const flags = ["--max-old-space-size=256", "--input-type=module", "-e", plain];
  const { stdout } = await promisify(execFile)(process.execPath, flags, { timeout: 550_000 });
  const told = JSON.parse(stdout);
  expect(told.characters).toBeGreaterThan(600_000);
  expect(told.mebibytes).toBeLessThan(1024);
  return told;
}

const films = ["the film good.", "a great lovely film.", "love the film.", "a bad film."];
const people = ["Ada Lovelace lives in Turin.", "Charles Babbage met Ada in London.", "Ada lives in New York."];
const animals = ["the cat eats fish and bread today.", "the dog sleeps well here.", "the cat sees the dog."];
const floods = ["the river rose after days of rain.", "many people left their homes in valley."];

test("a book is classified in windows", async () => {
  const { answer, usage } = await read("text-classification", "onnx/text-classifier", films, "model.classify([text])");
  expect(answer.label).toBe("positive");
  expect(usage.truncated).toBe(false);
  expect(usage.windows).toBeGreaterThan(10_000);
}, 600_000);

test("a book's entities stand where they are told to", async () => {
  const { answer, usage } = await read("ner", "onnx/token-classifier", people, "model.tag([text])");
  expect(answer.faithful).toBe(true);
  expect(answer.entities).toBeGreaterThan(40_000);
  expect(usage.truncated).toBe(false);
}, 600_000);

test("a book is translated paragraph by paragraph", async () => {
  const { answer, usage } = await read("translation", "onnx/translator", animals, "model.generate([text])");
  expect(answer).toMatchObject({ breaks: true, finishReason: "end" });
  expect(answer.written.startsWith("il gatto mangia pesce e pane oggi. ")).toBe(true);
  expect(usage.truncated).toBe(false);
}, 600_000);

test("a book is summarized in turns", async () => {
  const { answer, usage } = await read("summarization", "onnx/summarizer", floods, "model.generate([text])");
  expect(answer).toMatchObject({ written: "the river rose after days", finishReason: "end" });
  expect(usage.truncated).toBe(false);
  expect(usage.windows).toBeGreaterThan(2000);
}, 600_000);

test("a book is gone on with from its end, and says that it was too long", async () => {
  const call = "model.generate([text], { maxNewTokens: 8 })";
  const { answer, usage } = await read("text-generation", "decoding/gpt2", animals, call);
  expect(answer.finishReason).toBe("length");
  expect(usage.truncated).toBe(true);
}, 600_000);

import { expect, test } from "vitest";
import { cli } from "../../testing/session.js";

const text = "A warm, funny, wonderful film, but dull.";

test("marks each word that counts with what it adds, and sums up", async () => {
  const { code, stdout } = await cli(["explain", text]);
  expect(code).toBe(0);
  const [head, line] = stdout.split("\n");
  expect(head).toMatch(
    /^positive {2}log-odds against the rest \+\d+\.\d\d {2}\([+−]\d\.\d\d beforehand, the rest by words\)$/,
  );
  expect(line).toMatch(/funny\[\+\d\.\d\d\], wonderful\[\+\d\.\d\d\]/);
  expect(stdout).toMatch(/dull\[−\d\.\d\d\]/);
});

test("explains another label, through another model, as JSON whose offsets hold and whose parts add up", async () => {
  const args = ["explain", text, "zzz", "--label", "negative", "--model", "naive-bayes-sentiment-en", "--json"];
  const [first, second] = (await cli(args)).stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect(first).toMatchObject({ label: "negative", scoreKind: "log-odds", model: "naive-bayes-sentiment-en" });
  let total = first.bias;
  for (const { text: word, start, end, weight } of first.contributions) {
    expect(text.slice(start, end)).toBe(word);
    total += weight;
  }
  expect(total).toBeCloseTo(first.score, 8);
  expect(second.contributions).toEqual([{ text: "zzz", start: 0, end: 3, weight: 0 }]);
});

test("words stand out in colour on a terminal", async () => {
  const { stdout } = await cli(["explain", text], { isTTY: true });
  expect(stdout).toContain("\u001b[32mfunny[+");
  expect(stdout).toContain("\u001b[31mdull[−");
});

test("a long text is answered by its strongest words, a text of none by what is believed beforehand", async () => {
  const long = (await cli(["explain", `${"and so on ".repeat(70)}dull`])).stdout.trim().split("\n");
  expect(long.length).toBeGreaterThan(1);
  expect(long.slice(1)).toContainEqual(expect.stringMatching(/^ *[+−]\d\.\d\d {2}dull at 700$/));
  expect((await cli(["explain", "zzz"])).stdout).toMatch(/all of it believed beforehand/);
});

test("what cannot say why is refused with what can, and an unknown label with those that there are", async () => {
  expect(await cli(["explain", "a", "--task", "ner"])).toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/cannot say why: logistic regression/),
  });
  expect(await cli(["explain", "a", "--label", "positiv"])).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('"positive"'),
  });
});

test("a chain says of each token with a tag which features speak for it", async () => {
  const args = ["explain", "London is old", "nothing here", "--model", "crf-entities-en-ewt"];
  const { code, stdout } = await cli(args);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^London {2}B-LOC {2}\d+\.\d % {2}start → B-LOC [+−]\d/m);
  expect(stdout).toMatch(/^ {4}\w+\[-?\d\]=/m);
  expect(stdout).toContain("every token is O");
  const [first] = (await cli([...args, "--json"])).stdout.split("\n").map((line) => JSON.parse(line || "{}"));
  expect(first.tokens.map(({ tag }: { tag: string }) => tag)).toEqual(["B-LOC", "O", "O"]);
  expect(await cli([...args, "--label", "PER"])).toMatchObject({ code: 2 });
});

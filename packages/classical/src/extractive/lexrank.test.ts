import type { Span } from "@bifocal/contracts";
import { expect, test } from "vitest";
import { lexRank, sentenceCosines } from "./lexrank.js";

const split = async (text: string): Promise<Span[]> =>
  [...text.matchAll(/[^.\s][^.]*\.?/gu)].map(({ 0: sentence, index }) => {
    return { text: sentence, start: index, end: index + sentence.length };
  });
const text = "Cats chase mice. Mice eat cheese. Cats eat mice and cheese. Trains leave early.";
const size = 4;

/** Counted by hand: of the four sentences cats are in two, mice in three, and so on. */
const idf = (holders: number) => Math.log(1 + size / holders);
const [two, three, one] = [idf(2), idf(3), idf(1)];

test("cosines are of tf · idf over the text's own sentences, 1 on the diagonal", () => {
  const words = [["cats", "chase", "mice"], ["mice", "eat", "cheese"], ["cats", "eat", "mice", "cheese"], ["trains"]];
  const cosines = sentenceCosines(words);
  const first = Math.hypot(two, one, three);
  const second = Math.hypot(three, two, two);
  expect(cosines[1]).toBeCloseTo((three * three) / (first * second), 12);
  expect(cosines[4]).toBe(cosines[1]);
  expect(cosines[3]).toBe(0);
  for (let i = 0; i < size; i++) expect(cosines[i * size + i]).toBe(1);
});

/** p(u) = (1 - damping) / n + damping · Σ_v sim(u, v) / Σ_z sim(z, v) · p(v), which scores must solve. */
async function assertStationary(threshold: number | undefined, damping: number): Promise<void> {
  const options = { damping, ...(threshold !== undefined && { threshold }) };
  const [{ sentences = [] }] = await lexRank(split, options).generate([text], { sentences: size });
  const scores = sentences.map(({ score }) => score);
  const words = [
    ["cats", "chase", "mice"],
    ["mice", "eat", "cheese"],
    ["cats", "eat", "mice", "cheese"],
    ["trains", "leave", "early"],
  ];
  const cosines = sentenceCosines(words);
  const similar = (u: number, v: number) => {
    const cosine = cosines[u * size + v];
    return threshold === undefined ? cosine : Number(cosine > threshold);
  };
  for (let u = 0; u < size; u++) {
    let given = 0;
    for (let v = 0; v < size; v++) {
      let all = 0;
      for (let z = 0; z < size; z++) all += similar(z, v);
      given += (similar(u, v) / all) * scores[v];
    }
    expect(scores[u]).toBeCloseTo((1 - damping) / size + damping * given, 5);
  }
  expect(scores.reduce((sum, score) => sum + score, 0)).toBeCloseTo(1, 5);
}

test.each([
  [undefined, 0.85],
  [0.1, 0.85],
  [0.3, 0.5],
])("with threshold %s and damping %d the scores solve the paper's equation", assertStationary);

test("writes the sentence that most others are like", async () => {
  const [{ text: summary }] = await lexRank(split).generate([text], { sentences: 1 });
  expect(summary).toBe("Cats eat mice and cheese.");
});

test.each([{ damping: 1.1 }, { damping: Number.NaN }, { threshold: 1 }, { threshold: -0.1 }])(
  "refuses %j",
  (options) => {
    expect(() => lexRank(split, options)).toThrow(expect.objectContaining({ code: "invalid-input" }));
  },
);

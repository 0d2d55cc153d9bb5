import { seededRandom } from "@bifocal/contracts";
import { expect, test } from "vitest";
import { lbfgs } from "../optimize/lbfgs.js";
import type { Normalization } from "./crf-blocks.js";
import { type Chain, emissionsOf, locallyNormalized } from "./crf-chain.js";
import { crfObjective } from "./crf-objective.js";
import { bestPath } from "./crf-viterbi.js";
import { everyPair, type TagDataset } from "./tag-dataset.js";

// Lafferty, McCallum and Pereira 2001, section 5.1: a machine writes "rib" by the states 0 1 4 or "rob" by 2 3 4, each
// letter with 1 chance in 32 as another of the four. "r" does not tell the first state; only the vowel after it does.
const words = [
  { letters: [0, 1, 3], states: [0, 1, 4] },
  { letters: [0, 2, 3], states: [2, 3, 4] },
];
const letterCount = 4;
const tagCount = 5;

function write(count: number, seed: number): { letters: number[]; states: number[] }[] {
  const random = seededRandom(seed);
  return Array.from({ length: count }, () => {
    const { letters, states } = words[random() < 0.5 ? 0 : 1];
    const noisy = letters.map((letter) =>
      random() < 1 / 32 ? (letter + 1 + Math.floor(random() * (letterCount - 1))) % letterCount : letter,
    );
    return { letters: noisy, states };
  });
}

async function errorOf(normalization: Normalization): Promise<number> {
  const train = write(2000, 1);
  const data: TagDataset = {
    sentenceOffsets: Uint32Array.from({ length: train.length + 1 }, (_, i) => 3 * i),
    tokenOffsets: Uint32Array.from({ length: 3 * train.length + 1 }, (_, i) => i),
    features: Uint32Array.from(train.flatMap(({ letters }) => letters)),
    featureCount: letterCount,
    gold: Uint8Array.from(train.flatMap(({ states }) => states)),
    tagCount,
  };
  const shape = { ...everyPair(letterCount, tagCount), follows: new Uint8Array(tagCount ** 2).fill(1) };
  const objective = crfObjective(data, shape, { l2: 1e-5, normalization });
  const optimizer = lbfgs(objective, { iterations: 300, tolerance: 1e-6 });
  while (optimizer.step());
  const point = optimizer.solution();
  await objective.close();
  const weights = { ...shape, weights: point };
  const transitions = new Float64Array((tagCount + 1) * tagCount);
  transitions.set(point.subarray(shape.pairTags.length));
  const test = write(500, 2);
  let wrong = 0;
  for (const { letters, states } of test) {
    const emissions = emissionsOf(Int32Array.from(letters), 1, weights, tagCount);
    const chain: Chain = { length: 3, tags: tagCount, emissions, transitions };
    const path = bestPath(normalization === "local" ? locallyNormalized(chain) : chain);
    wrong += path.filter((state, i) => state !== states[i]).length;
  }
  return wrong / (3 * test.length);
}

test("an MEMM has label bias, and a CRF has not: the published errors are 42 % and 4.6 %", async () => {
  const [local, global] = [await errorOf("local"), await errorOf("global")];
  expect(local).toBeGreaterThan(0.3);
  expect(global).toBeLessThan(0.06);
});

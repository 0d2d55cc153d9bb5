import { expect, test } from "vitest";
import { pageRank } from "./page-rank.js";

test("solves its own equations", () => {
  const weights = Float64Array.from([0, 2, 1, 0, 0, 3, 0.5, 1, 0]);
  const scores = pageRank(weights, 3, { tolerance: 1e-12 });
  const totals = [3, 3, 1.5];
  for (let i = 0; i < 3; i++) {
    let given = 0;
    for (let j = 0; j < 3; j++) given += (weights[j * 3 + i] / totals[j]) * scores[j];
    expect(scores[i]).toBeCloseTo(0.15 + 0.85 * given, 9);
  }
});

test("the hub of a star scores highest, and its rays alike", () => {
  const star = Float64Array.from([0, 1, 1, 1, 1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0]);
  const [hub, ...rays] = pageRank(star, 4);
  // hub = 0.15 + 0.85 · 3 · ray and ray = 0.15 + 0.85 · hub / 3, solved by hand.
  expect(hub).toBeCloseTo(0.5325 / 0.2775, 4);
  for (const ray of rays) expect(ray).toBeCloseTo(0.15 + (0.85 / 3) * (0.5325 / 0.2775), 4);
});

test("a node without edges scores 1 - damping; no nodes, no scores", () => {
  expect([...pageRank(new Float64Array(1), 1)]).toEqual([1 - 0.85]);
  expect([...pageRank(new Float64Array(0), 0)]).toEqual([]);
});

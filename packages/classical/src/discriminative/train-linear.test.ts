import { expect, test } from "vitest";
import { randomDataset } from "../../testing/random-dataset.js";
import { selectRows } from "../features/select-rows.js";
import { weighLabels } from "./class-weights.js";
import { type LinearOptions, type LinearWeights, trainLinear } from "./train-linear.js";

const options: LinearOptions = {
  loss: "logistic",
  multiclass: "one-vs-rest",
  optimizer: "lbfgs",
  l1: 0,
  l2: 0.01,
  bias: true,
  tolerance: 1e-7,
  iterations: 10_000,
  seed: 1,
};

const two = randomDataset({ rows: 80, columns: 60, labels: 2, seed: 1 });
const four = randomDataset({ rows: 80, columns: 60, labels: 4, seed: 2, presence: true });
const weights = Float32Array.from({ length: 80 }, (_, row) => 0.5 + (row % 5));

for (const loss of ["logistic", "squared-hinge"] as const)
  for (const data of [two, four, { ...two, weights }, { ...four, weights }])
    for (const bias of [true, false])
      test(`${loss}, ${data.labels.length} labels, ${"weights" in data ? "weighted" : "plain"}, bias ${bias}: all optimizers reach one objective`, async () => {
        const [dual, primal] = await Promise.all(
          (["dual-coordinate-descent", "lbfgs"] as const).map((optimizer) =>
            trainLinear(data, { ...options, loss, bias, optimizer }),
          ),
        );
        expect(dual.objective / primal.objective).toBeCloseTo(1, 4);
        expect(dual).toMatchObject({ converged: true });
        for (const [i, weight] of dual.weights.entries()) expect(weight).toBeCloseTo(primal.weights[i], 2);
      });

test("where coordinate descent does not converge, auto goes on by L-BFGS, within the same iterations", async () => {
  const many = randomDataset({ rows: 300, columns: 5, labels: 2, seed: 4, density: 2 });
  const long = { ...many, values: many.values.map((value) => 30 * value) };
  for (const loss of ["logistic", "squared-hinge"] as const) {
    const train = (optimizer: LinearOptions["optimizer"]) =>
      trainLinear(long, { ...options, loss, optimizer, l2: 1e-6, tolerance: 1e-4, iterations: 300 });
    const [auto, dual, primal] = await Promise.all([train("auto"), train("dual-coordinate-descent"), train("lbfgs")]);
    expect(dual).toMatchObject({ converged: false, iterations: 300 });
    expect(auto.converged).toBe(true);
    expect(auto.iterations).toBeGreaterThan(150);
    expect(auto.iterations).toBeLessThan(300);
    expect(auto.objective / primal.objective).toBeCloseTo(1, 4);
  }
});

test.each(["lbfgs", "dual-coordinate-descent"] as const)(
  "a row of weight 2 is the row twice: %s",
  async (optimizer) => {
    const rows = Array.from({ length: 80 }, (_, row) => row);
    const twice = selectRows(two, [...rows, ...rows.filter((row) => row % 3 === 0)]);
    const weighted = { ...two, weights: Float32Array.from(rows, (row) => (row % 3 === 0 ? 2 : 1)) };
    const [a, b] = await Promise.all([twice, weighted].map((data) => trainLinear(data, { ...options, optimizer })));
    expect(a.objective).toBeCloseTo(b.objective, 6);
    for (const [i, weight] of a.weights.entries()) expect(weight).toBeCloseTo(b.weights[i], 3);
  },
);

test("balanced labels weigh the same in sum, and the mean weight is 1", () => {
  const { weights: balanced, targets } = weighLabels({ ...four, weights }, { classWeight: "balanced" });
  const sums = [0, 1, 2, 3].map((label) =>
    balanced?.reduce((sum, w, row) => sum + (targets[row] === label ? w : 0), 0),
  );
  const total = weights.reduce((sum, each) => sum + each, 0);
  for (const sum of sums) expect(sum).toBeCloseTo(total / 4, 3);
});

test("two labels are the same problem multinomial and one-vs-rest", async () => {
  const [a, b] = await Promise.all(
    (["multinomial", "one-vs-rest"] as const).map((multiclass) => trainLinear(two, { ...options, multiclass })),
  );
  expect(a).toEqual(b);
});

test("an l1 penalty makes weights 0, the more of them the stronger it is", async () => {
  for (const multiclass of ["multinomial", "one-vs-rest"] as const) {
    const counts = await Promise.all(
      [0, 1e-3, 1e-2, 1].map(async (l1) => {
        const trained = await trainLinear(four, { ...options, multiclass, l1, l2: 1e-3 });
        return trained.weights.reduce((count, weight) => count + Number(weight !== 0), 0);
      }),
    );
    expect(counts).toEqual([...counts].sort((a, b) => b - a));
    expect(counts[1]).toBeLessThan(counts[0]);
    expect(counts[3]).toBe(0);
  }
});

test("any number of workers gives the same bits", async () => {
  const large = randomDataset({ rows: 3000, columns: 300, labels: 6, seed: 5, density: 4 });
  const [one, three] = await Promise.all(
    [1, 3].map((workers) =>
      trainLinear(large, { ...options, optimizer: "dual-coordinate-descent", tolerance: 1e-2 }, { workers }),
    ),
  );
  expect(large.indices.length * 6).toBeGreaterThan(1_000_000);
  expect(three).toEqual(one);
});

test("each step is told, what is learned may be had at any, and the hearer may end it", async () => {
  const objectives: number[] = [];
  const { iterations } = await trainLinear(two, options, {
    afterIteration({ iteration, objective, learned }) {
      objectives.push(objective());
      expect(learned?.().weights).toHaveLength(60);
      return iteration === 4;
    },
  });
  expect(iterations).toBe(4);
  expect(objectives).toEqual([...objectives].sort((a, b) => b - a));
});

test("coordinate descent tells its objective, and the same model comes out whether or not it is asked", async () => {
  const dual = { ...options, optimizer: "dual-coordinate-descent", iterations: 7, tolerance: 1e-12 } as const;
  const told: number[] = [];
  const asked = await trainLinear(two, dual, {
    afterIteration: ({ objective }) => {
      told.push(objective());
      return false;
    },
  });
  expect(new Set(told).size).toBe(4);
  expect(told.at(-1)).toBeCloseTo(asked.objective, 12);
  expect(told).toHaveLength(7);
  expect(await trainLinear(two, dual)).toEqual(asked);
});

test("asked for after the training, an iteration tells the end, whatever was trained since", async () => {
  const dual = { ...options, optimizer: "dual-coordinate-descent", iterations: 7 } as const;
  const told: { objective: () => number; learned: () => LinearWeights }[] = [];
  const trained = await trainLinear(two, dual, {
    afterIteration(iteration) {
      told.push(iteration);
      return false;
    },
  });
  await trainLinear(four, { ...dual, multiclass: "one-vs-rest" });
  expect(told[0].objective()).toBe(trained.objective);
  expect(told[0].learned().weights).toEqual(trained.weights);
});

test("of outputs that are trained one against the rest there is a model after every step, too", async () => {
  const told: number[] = [];
  const oneVsRest = { ...options, optimizer: "dual-coordinate-descent", multiclass: "one-vs-rest" } as const;
  const whole = await trainLinear(four, oneVsRest);
  const early = await trainLinear(four, oneVsRest, {
    afterIteration({ iteration, learned }) {
      told.push(iteration);
      expect(learned?.().bias).toHaveLength(4);
      return iteration === 3;
    },
  });
  expect(told).toEqual([1, 2, 3]);
  expect(early.weights).toHaveLength(whole.weights.length);
  expect(early.weights).not.toEqual(whole.weights);
});

test.each([
  [{ optimizer: "dual-coordinate-descent", l1: 0.1 }, two, "Dual coordinate descent needs l2 above 0"],
  [{ optimizer: "dual-coordinate-descent", l2: 0 }, two, "Dual coordinate descent needs l2 above 0"],
  [{ optimizer: "dual-coordinate-descent", multiclass: "multinomial" }, four, "one-vs-rest for over two labels"],
  [{ loss: "hinge" }, two, "cannot minimize the hinge"],
  [{ loss: "squared-hinge", multiclass: "multinomial" }, four, "has no multinomial form"],
] as const)("what does not go together is refused: %o", async (wrong, data, message) => {
  await expect(trainLinear(data, { ...options, ...wrong })).rejects.toThrow(message);
});

test("once aborted it ends", async () => {
  const controller = new AbortController();
  const running = trainLinear(two, options, {
    signal: controller.signal,
    afterIteration: () => {
      controller.abort();
      return false;
    },
  });
  await expect(running).rejects.toMatchObject({ code: "aborted" });
});

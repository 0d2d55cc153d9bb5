// Why is the grass wet? Run with: npx tsx examples/bayesian-network.ts
import {
  bayesianNetwork,
  defineBayesianNetwork,
  hillClimbingStructure,
  type StateRow,
  trainBayesianNetwork,
} from "bifocal";

const states = ["yes", "no"];
const lawn = bayesianNetwork(
  defineBayesianNetwork([
    { name: "cloudy", states, probabilities: [[0.5, 0.5]] },
    {
      name: "sprinkler",
      states,
      parents: ["cloudy"],
      probabilities: [
        [0.1, 0.9],
        [0.5, 0.5],
      ],
    },
    {
      name: "rain",
      states,
      parents: ["cloudy"],
      probabilities: [
        [0.8, 0.2],
        [0.2, 0.8],
      ],
    },
    {
      name: "wetGrass",
      states,
      parents: ["sprinkler", "rain"],
      probabilities: [
        [0.99, 0.01],
        [0.9, 0.1],
        [0.9, 0.1],
        [0, 1],
      ],
    },
  ]),
);

const wet = { wetGrass: "yes" };
const percent = (probability: number): string => `${(100 * probability).toFixed(1)} %`;
console.log(`The grass is wet with probability ${percent(lawn.probability(wet))}.`);
for (const [cause, { yes = 0 }] of Object.entries(lawn.marginals(wet, ["rain", "sprinkler"])))
  console.log(`  ${cause} given that it is wet: ${percent(yes)}`);
const both = lawn.query(["rain", "sprinkler"], wet);
console.log(`  both: ${percent(both.probabilityOf({ rain: "yes", sprinkler: "yes" }))}`);
console.log("Likeliest explanation:", lawn.mostProbable(wet).states);

const days: StateRow[] = lawn.sample({ seed: 7, count: 5000 });
console.log("A day with wet grass:", lawn.sample({ seed: 7, evidence: wet })[0]);

const learned = bayesianNetwork(
  await trainBayesianNetwork(days, { structure: hillClimbingStructure({ restarts: 20 }) }),
);
for (const { name } of learned.variables)
  console.log(`Learned from 5000 days: ${name} ← ${learned.parentsOf(name).join(", ") || "nothing"}`);
const again = learned.query(["rain"], wet).probabilityOf({ rain: "yes" });
console.log(`  rain given that it is wet, as learned: ${percent(again)}`);

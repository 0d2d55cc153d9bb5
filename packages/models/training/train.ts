import { parseArgs } from "node:util";
import { didYouMean } from "@bifocal/contracts";
import type { Figure } from "../src/index.js";
import { recipes } from "./recipes/index.js";
import { abstractiveSummarizer } from "./trials/abstractive-summarizer.js";
import { writeTried } from "./trials/trial.js";
import { writeModel } from "./write-model.js";

/**
 * Makes shipped models anew: `npm run train -- [--data FOLDER] [ID …]`, all of them where no id is given. A trial, which
 * does not ship, is measured where its id is given, and before the models whose cards tell of it.
 */
const { values, positionals } = parseArgs({
  args: process.argv.slice(2),
  options: { data: { type: "string", default: process.env.BIFOCAL_DATA ?? "../shared/data" } },
  allowPositionals: true,
});

const trials = [abstractiveSummarizer];
const known = [...recipes, ...trials].map(({ id }) => id);
for (const id of positionals) {
  if (!known.includes(id)) throw new Error(`There is no recipe "${id}". ${didYouMean(id, known)}`);
}
for (const trial of trials) {
  if (!positionals.includes(trial.id)) continue;
  const tried = await trial.measure(values.data);
  writeTried(trial.id, tried);
  console.log(`${trial.id}, not shipped`);
  printFigures(tried.measured);
}
for (const recipe of recipes) {
  if (positionals.length > 0 && !positionals.includes(recipe.id)) continue;
  const start = performance.now();
  const card = await writeModel(recipe, await recipe.build(values.data));
  const seconds = ((performance.now() - start) / 1000).toFixed(0);
  console.log(`${card.id}: ${(card.bytes / 1e6).toFixed(2)} MB, ${seconds} s`);
  printFigures(card.measured);
}

function printFigures(figures: readonly Figure[]): void {
  for (const { metric, value, on } of figures) console.log(`  ${metric} ${value.toFixed(4)} on ${on}`);
}

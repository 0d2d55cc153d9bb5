import { parseArgs } from "node:util";
import { didYouMean } from "@bifocal/contracts";
import { recipes } from "./recipes/index.js";
import { writeModel } from "./write-model.js";

/** Makes shipped models anew: `npm run train -- [--data FOLDER] [ID …]`, all of them where no id is given. */
const { values, positionals } = parseArgs({
  args: process.argv.slice(2),
  options: { data: { type: "string", default: process.env.BIFOCAL_DATA ?? "../shared/data" } },
  allowPositionals: true,
});

const known = recipes.map(({ id }) => id);
for (const id of positionals) {
  if (!known.includes(id)) throw new Error(`There is no recipe "${id}". ${didYouMean(id, known)}`);
}
for (const recipe of recipes) {
  if (positionals.length > 0 && !positionals.includes(recipe.id)) continue;
  const start = performance.now();
  const card = await writeModel(recipe, await recipe.build(values.data));
  const seconds = ((performance.now() - start) / 1000).toFixed(0);
  console.log(`${card.id}: ${(card.bytes / 1e6).toFixed(2)} MB, ${seconds} s`);
  for (const { metric, value, on } of card.measured) console.log(`  ${metric} ${value.toFixed(4)} on ${on}`);
}

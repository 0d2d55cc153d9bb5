import { rmSync } from "node:fs";
import { dirname } from "node:path";
import { writeDocuments } from "../documents.js";
import type { Measurement, Reading } from "../measurement.js";
import { type ChildReading, runChild, runPython } from "../run-child.js";

const child = new URL("./features-child.mjs", import.meta.url);
const countVectorizer = new URL("../peer-adapters/count-vectorizer.py", import.meta.url);
const peer = "scikit-learn's CountVectorizer";

/** From raw texts to a vocabulary of 1.3 million words and pairs and sparse rows, in a process each. */
export const vectorizing: Measurement = {
  name: "vectorizing",
  async measure() {
    const { origin, file } = await writeDocuments(25_000);
    console.log(`  on ${origin}`);
    const ours = runChild(process.execPath, child, file, "rows");
    const theirs = runPython(countVectorizer, file);
    rmSync(dirname(file), { recursive: true });
    if (ours === undefined) throw new Error("Vectorizing could not be measured.");
    if (theirs === undefined) console.log(`  Skipped: ${peer}, there is no Python with scikit-learn.`);
    return [...(theirs ? readings(peer, theirs) : []), ...readings("words and pairs", ours, theirs)];
  },
};

function readings(what: string, { value, megabytes }: ChildReading, beside?: ChildReading): Reading[] {
  const ratio = (to: string, share: number) => (beside ? { ratios: [{ to, value: share }] } : {});
  return [
    { what, value, unit: "ms", ...ratio(peer, value / (beside?.value ?? 1)) },
    {
      what: `${what}, peak memory`,
      value: megabytes,
      unit: "MB",
      ...ratio(peer, megabytes / (beside?.megabytes ?? 1)),
    },
  ];
}

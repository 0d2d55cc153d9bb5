// How do these reviews feel? Run with: npx tsx examples/sentiment-analysis.ts
import { pipeline } from "bifocal";

const reviews = [
  "A warm, funny, wonderful film.",
  "A dull, lifeless and overlong mess.",
  "The story follows two brothers who return to their village.",
];

for (const paradigm of ["discriminative", "generative"] as const) {
  await using classify = await pipeline("sentiment-analysis", null, { paradigm });
  console.log(`\n${classify.model.card.family} (${paradigm})`);
  for (const [i, { label, score }] of (await classify(reviews)).entries()) {
    console.log(`  ${label.padEnd(8)} ${(100 * score).toFixed(0).padStart(3)} %  ${reviews[i]}`);
  }
}

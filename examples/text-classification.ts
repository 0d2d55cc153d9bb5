// What is this about, and is it spam? Run with: npx tsx examples/text-classification.ts
import { pipeline } from "bifocal";

const texts = {
  topic: "The goalie stopped thirty shots and the Rangers won in overtime.",
  review: "The battery died after two days. Very disappointed with this phone.",
  spam: "WINNER! You have been selected for a free prize. Call now to claim.",
} as const;

for (const subject of ["topic", "review", "spam"] as const) {
  await using classify = await pipeline("text-classification", null, { subject });
  const { scores } = await classify(texts[subject]);
  console.log(`\n${subject}: ${texts[subject]}`);
  for (const { label, score } of scores.slice(0, 3)) {
    console.log(
      `  ${"█".repeat(Math.round(30 * score)).padEnd(30)} ${(100 * score).toFixed(1).padStart(5)} %  ${label}`,
    );
  }
}

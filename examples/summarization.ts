// What matters most in it? Run with: npx tsx examples/summarization.ts
import { pipeline } from "bifocal";

const text = `The lighthouse on the northern cape was built in 1871. For a century a keeper lived there with his family.
The keeper lit the lamp of the lighthouse every evening, and ships far out at sea steered by its light. The winters
were long. In 1971 the lamp of the lighthouse was made automatic, and the last keeper left the cape. Today the
lighthouse is a museum, where visitors can climb to the lamp and read the logbooks that each keeper wrote.
There is also a small café.`;

await using summarize = await pipeline("summarization");
const { text: summary, sentences = [] } = await summarize(text, { sentences: 2 });

console.log(summary);
for (const { start, end, score } of sentences) {
  console.log(`  characters ${start} to ${end}, score ${score.toFixed(3)}`);
}

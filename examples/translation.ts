// Say it in French. Run with: npx tsx examples/translation.ts [MODEL]
// MODEL is a folder in the Hub's layout (starts with "." or "/") or a Hub id, for instance Xenova/opus-mt-en-fr.
import { BifocalError, pipeline } from "bifocal";

const sentence = "The cat sleeps on the sofa.";

try {
  await using translate = await pipeline("translation", process.argv[2] ?? null);
  const { text } = await translate(sentence);
  console.log(`${sentence}\n${text}`);
} catch (error) {
  if (!(error instanceof BifocalError)) throw error;
  console.log(`No translation: ${error.message}`);
}

// Three ways to go on writing. Run with: npx tsx examples/text-generation.ts
import { pipeline } from "bifocal";

const prompts = { prose: "Prince Andrew", verse: "ROMEO:\nBut soft", typescript: "export function " } as const;

for (const style of ["prose", "verse", "typescript"] as const) {
  await using write = await pipeline("text-generation", null, { style });
  process.stdout.write(`\n[${style}]\n${prompts[style]}`);
  for await (const { text } of write.stream(prompts[style], { seed: 2, temperature: 0.6, maxNewTokens: 50 })) {
    process.stdout.write(text);
  }
  process.stdout.write("\n");
}

// Who, where and when? Run with: npx tsx examples/ner.ts
import { pipeline } from "bifocal";

const text = "Ada Lovelace met Charles Babbage in London on 5 June 1833.";

await using findEntities = await pipeline("ner");
const { entities } = await findEntities(text);

console.log(text);
for (const { label, start, end, text: found } of entities) {
  console.log(`${" ".repeat(start)}${"‾".repeat(end - start)} ${label}: ${found}`);
}

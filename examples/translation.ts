// Say it in French, and back in English. Run with: npx tsx examples/translation.ts
import { pipeline } from "bifocal";

await using translate = await pipeline("translation");

const sentence = "The cat sleeps on the sofa.";
const { text: french } = await translate(sentence, { sourceLanguage: "en", targetLanguage: "fr" });
const { text: english } = await translate(french, { sourceLanguage: "fr", targetLanguage: "en" });
console.log(`${sentence}\n${french}\n${english}`);

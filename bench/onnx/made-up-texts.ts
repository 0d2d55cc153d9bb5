import { seededRandom } from "@bifocal/contracts";

/** Words of which the encoder knows each as one token. */
export const vocabulary = Array.from({ length: 20_000 }, (_, i) => `w${i.toString(36)}`);

/** Texts of so many tokens, drawn evenly from a range; two of them are the encoder's own, around the words. */
export function madeUpTexts(count: number, [shortest, longest]: readonly [number, number], seed = 1): string[] {
  const random = seededRandom(seed);
  const drawn = (below: number): number => Math.floor(random() * below);
  return Array.from({ length: count }, () => {
    const words = shortest - 2 + drawn(longest - shortest + 1);
    return Array.from({ length: words }, () => vocabulary[drawn(vocabulary.length)]).join(" ");
  });
}

/**
 * A 32-bit fingerprint of a text, the same whatever its case and white space: how a model remembers which texts
 * it was trained on without holding them. Two different texts share one by chance once in 2^32.
 * MurmurHash3 (x86, 32 bits; Appleby 2011) over UTF-16 units, two to a block.
 * @example fingerprint("Good  movie .") === fingerprint("good movie.") // true
 */
export function fingerprint(text: string): number {
  const units = text.normalize("NFKC").toLowerCase().replace(/\s+/gu, "");
  let hash = 0;
  const paired = units.length & ~1;
  for (let i = 0; i < paired; i += 2) {
    hash ^= mixBlock(units.charCodeAt(i) | (units.charCodeAt(i + 1) << 16));
    hash = (hash << 13) | (hash >>> 19);
    hash = (Math.imul(hash, 5) + 0xe6546b64) | 0;
  }
  if (paired < units.length) hash ^= mixBlock(units.charCodeAt(paired));
  hash ^= units.length * 2;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

function mixBlock(block: number): number {
  const mixed = Math.imul(block, 0xcc9e2d51);
  return Math.imul((mixed << 15) | (mixed >>> 17), 0x1b873593);
}

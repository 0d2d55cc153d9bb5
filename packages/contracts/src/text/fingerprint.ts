/**
 * A 32-bit fingerprint of a text, the same whatever its case and white space: how a model remembers which texts
 * it was trained on without holding them. Two different texts share one by chance once in 2^32.
 * MurmurHash3 (x86, 32 bits; Appleby 2011) over UTF-16 units, two to a block.
 * @example fingerprint("Good  movie .") === fingerprint("good movie.") // true
 */
export function fingerprint(text: string): number {
  const isAscii = !/\P{ASCII}/u.test(text);
  return hashOf(isAscii ? text : text.normalize("NFKC").toLowerCase().replace(/\s+/gu, ""));
}

/** Of ASCII it reads all letters as small ones and leaves out white space: most texts hold nothing else. */
function hashOf(text: string): number {
  let hash = 0;
  let first = 0;
  let units = 0;
  for (let i = 0; i < text.length; i++) {
    let unit = text.charCodeAt(i);
    if (unit === 32 || (unit < 14 && unit > 8)) continue;
    if (unit < 91 && unit > 64) unit += 32;
    if ((units++ & 1) === 0) first = unit;
    else {
      hash ^= mixBlock(first | (unit << 16));
      hash = (hash << 13) | (hash >>> 19);
      hash = (Math.imul(hash, 5) + 0xe6546b64) | 0;
    }
  }
  if ((units & 1) === 1) hash ^= mixBlock(first);
  hash ^= units * 2;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

function mixBlock(block: number): number {
  const mixed = Math.imul(block, 0xcc9e2d51);
  return Math.imul((mixed << 15) | (mixed >>> 17), 0x1b873593);
}

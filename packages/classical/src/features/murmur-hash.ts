/** MurmurHash3, x86, 32 bits (Appleby 2011), of the bytes from `start` to `end - 1`, as a signed number. */
export function murmurHash(bytes: Uint8Array, start: number, end: number, seed: number): number {
  let hash = seed | 0;
  const whole = end - ((end - start) & 3);
  let i = start;
  for (; i < whole; i += 4) {
    const block = bytes[i] | (bytes[i + 1] << 8) | (bytes[i + 2] << 16) | (bytes[i + 3] << 24);
    hash ^= scrambled(block);
    hash = (hash << 13) | (hash >>> 19);
    hash = (Math.imul(hash, 5) + 0xe6546b64) | 0;
  }
  let tail = 0;
  for (let k = end - 1; k >= i; k--) tail = (tail << 8) | bytes[k];
  if (i < end) hash ^= scrambled(tail);
  hash ^= end - start;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}

function scrambled(block: number): number {
  const product = Math.imul(block, 0xcc9e2d51);
  return Math.imul((product << 15) | (product >>> 17), 0x1b873593);
}

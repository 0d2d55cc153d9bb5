/** Writes a code point in UTF-8, half a character in three bytes as any other, and gives where it ends. */
export function putCodePoint(bytes: Uint8Array, at: number, codePoint: number): number {
  if (codePoint < 0x80) {
    bytes[at] = codePoint;
    return at + 1;
  }
  if (codePoint < 0x800) {
    bytes[at] = 0xc0 | (codePoint >> 6);
    bytes[at + 1] = 0x80 | (codePoint & 0x3f);
    return at + 2;
  }
  if (codePoint < 0x10000) {
    bytes[at] = 0xe0 | (codePoint >> 12);
    bytes[at + 1] = 0x80 | ((codePoint >> 6) & 0x3f);
    bytes[at + 2] = 0x80 | (codePoint & 0x3f);
    return at + 3;
  }
  bytes[at] = 0xf0 | (codePoint >> 18);
  bytes[at + 1] = 0x80 | ((codePoint >> 12) & 0x3f);
  bytes[at + 2] = 0x80 | ((codePoint >> 6) & 0x3f);
  bytes[at + 3] = 0x80 | (codePoint & 0x3f);
  return at + 4;
}

/** Writes UTF-16 units in UTF-8, and gives where they end. There must be room for three bytes a unit. */
export function putUnits(bytes: Uint8Array, at: number, units: Uint16Array, start: number, end: number): number {
  let next = at;
  for (let i = start; i < end; i++) {
    const isPair = (units[i] & 0xfc00) === 0xd800 && i + 1 < end && (units[i + 1] & 0xfc00) === 0xdc00;
    const codePoint = isPair ? 0x10000 + ((units[i] & 0x3ff) << 10) + (units[++i] & 0x3ff) : units[i];
    next = putCodePoint(bytes, next, codePoint);
  }
  return next;
}

/** Reads UTF-8, half characters too, into UTF-16 units, which must have as much room as there are bytes; gives their number. */
export function readUnits(bytes: Uint8Array, start: number, end: number, into: Uint16Array, at: number): number {
  let unit = at;
  let i = start;
  while (i < end) {
    const first = bytes[i];
    if (first < 0x80) {
      into[unit++] = first;
      i++;
    } else if (first < 0xe0) {
      into[unit++] = ((first & 0x1f) << 6) | (bytes[i + 1] & 0x3f);
      i += 2;
    } else if (first < 0xf0) {
      into[unit++] = ((first & 0x0f) << 12) | ((bytes[i + 1] & 0x3f) << 6) | (bytes[i + 2] & 0x3f);
      i += 3;
    } else {
      const low = ((bytes[i + 2] & 0x3f) << 6) | (bytes[i + 3] & 0x3f);
      const codePoint = ((first & 0x07) << 18) | ((bytes[i + 1] & 0x3f) << 12) | low;
      into[unit++] = 0xd800 + ((codePoint - 0x10000) >> 10);
      into[unit++] = 0xdc00 + (codePoint & 0x3ff);
      i += 4;
    }
  }
  return unit - at;
}

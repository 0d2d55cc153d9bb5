/** The mark of a token's beginning and end. */
const boundary = 32;

/**
 * The characters of a token between two spaces that mark its bounds, as code points: entries 0 to `length - 1`.
 * Character `i` begins at unit `places[i]` of the token, which is where the one before it ends.
 */
export interface MarkedCharacters {
  codePoints: Int32Array;
  places: Int32Array;
  length: number;
}

/** Characters to be filled again and again. */
export function markedCharacters(): MarkedCharacters {
  return { codePoints: new Int32Array(64), places: new Int32Array(65), length: 0 };
}

/** Fills in the characters of the token that lies in those units. */
export function readCharacters(into: MarkedCharacters, units: Uint16Array, start: number, end: number): void {
  if (into.codePoints.length < end - start + 2) {
    into.codePoints = new Int32Array(2 * (end - start + 2));
    into.places = new Int32Array(into.codePoints.length + 1);
  }
  const { codePoints, places } = into;
  codePoints[0] = boundary;
  places[0] = 0;
  let length = 1;
  for (let i = start; i < end; i++) {
    places[length] = i - start;
    const isPair = (units[i] & 0xfc00) === 0xd800 && i + 1 < end && (units[i + 1] & 0xfc00) === 0xdc00;
    codePoints[length++] = isPair ? 0x10000 + ((units[i] & 0x3ff) << 10) + (units[++i] & 0x3ff) : units[i];
  }
  codePoints[length] = boundary;
  places[length++] = end - start;
  places[length] = end - start;
  into.length = length;
}

/** A stretch of a sequence, end exclusive, and the part of it that it answers for. */
export interface SequenceWindow {
  readonly start: number;
  readonly end: number;
  /** Of all windows this one sees most on both sides of what stands from here on... */
  readonly from: number;
  /** ...to here, exclusive: the parts of all windows make up the sequence, each item once. */
  readonly to: number;
}

/**
 * Windows over a sequence, each of at most `room` items and `overlap` of them or more shared with the next; a single one
 * where everything fits. The last reaches back, so that it is as wide as the others.
 * @throws {RangeError} unless 0 ≤ overlap < room
 * @example windowsOver(10, 6, 2) // 0-6 answers for 0-5, 4-10 answers for 5-10
 */
export function windowsOver(length: number, room: number, overlap: number): SequenceWindow[] {
  if (!(overlap >= 0 && overlap < room)) throw new RangeError(`windows of ${room} cannot share ${overlap}`);
  const starts = [0];
  for (let start = 0; start + room < length; ) {
    start = Math.min(start + room - overlap, length - room);
    starts.push(start);
  }
  const border = (i: number): number => Math.ceil(((starts[i] as number) + (starts[i - 1] as number) + room) / 2);
  return starts.map((start, i) => ({
    start,
    end: Math.min(start + room, length),
    from: i === 0 ? 0 : border(i),
    to: i === starts.length - 1 ? length : border(i + 1),
  }));
}

import type { Random } from "@bifocal/contracts";

/** Puts numbers into a new order (Fisher and Yates). */
export function shuffleInPlace(numbers: Uint32Array, random: Random): void {
  for (let last = numbers.length - 1; last > 0; last--) {
    const drawn = Math.floor(random() * (last + 1));
    const number = numbers[drawn];
    numbers[drawn] = numbers[last];
    numbers[last] = number;
  }
}

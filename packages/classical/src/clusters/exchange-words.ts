import { addBigram, type ClassBigrams, emptyClassBigrams, timesLog } from "./class-bigrams.js";
import type { Neighbours, WordBigrams } from "./word-bigrams.js";

/** Words in classes, which change as words are moved. */
export interface WordClasses {
  /** Of each word; then the rare ones and the boundary, which have the last two classes to themselves. */
  readonly classOf: Uint16Array;
  readonly bigrams: ClassBigrams;
  /** Puts a word into the class that it is worth most in, and tells whether that is another than it was in. */
  move(word: number): boolean;
}

/** A word's neighbours by class: which classes, and how often, of the rest of the words. */
interface Beside {
  readonly classes: Uint16Array;
  readonly counts: Float64Array;
  size: number;
}

/** Each of the most frequent words begins a class; all others are beside the classes, with the rare ones. */
export function frequentWordsApart({ counts }: WordBigrams, classes: number): Uint16Array {
  const words = counts.length - 2;
  const classOf = new Uint16Array(words).fill(classes);
  for (let word = 0; word < Math.min(words, classes); word++) classOf[word] = word;
  return classOf;
}

/**
 * Words in so many classes, to be exchanged (Kneser and Ney 1993; Martin, Liermann and Ney 1998, algorithm 3).
 * @param initial of each word its class at first, or the number of classes for one that is in none yet
 */
export function openExchange(
  { counts, after, before }: WordBigrams,
  classes: number,
  initial: Uint16Array,
): WordClasses {
  const words = counts.length - 2;
  const [rare, boundary] = [classes, classes + 1];
  const bigrams = emptyClassBigrams(classes + 2);
  const classOf = new Uint16Array(counts.length);
  classOf.set(initial);
  classOf.set([rare, boundary], words);
  for (let word = 0; word < counts.length; word++) {
    bigrams.totals[classOf[word]] += counts[word];
    for (let at = after.offsets[word]; at < after.offsets[word + 1]; at++)
      addBigram(bigrams, classOf[word], classOf[after.words[at]], after.counts[at]);
  }
  const width = classes + 2;
  const tally = new Float64Array(width);
  const followed = beside(width);
  const preceded = beside(width);

  /** Sums a word's neighbours by their classes; how often it stands beside itself. */
  function read({ offsets, words: others, counts: times }: Neighbours, word: number, into: Beside): number {
    let itself = 0;
    into.size = 0;
    for (let at = offsets[word]; at < offsets[word + 1]; at++) {
      if (others[at] === word) {
        itself = times[at];
        continue;
      }
      const its = classOf[others[at]];
      if (tally[its] === 0) into.classes[into.size++] = its;
      tally[its] += times[at];
    }
    for (let i = 0; i < into.size; i++) {
      into.counts[i] = tally[into.classes[i]];
      tally[into.classes[i]] = 0;
    }
    return itself;
  }

  function put(word: number, into: number, itself: number, sign: 1 | -1): void {
    for (let i = 0; i < followed.size; i++) addBigram(bigrams, into, followed.classes[i], sign * followed.counts[i]);
    for (let i = 0; i < preceded.size; i++) addBigram(bigrams, preceded.classes[i], into, sign * preceded.counts[i]);
    addBigram(bigrams, into, into, sign * itself);
    bigrams.totals[into] += sign * counts[word];
  }

  /** How often the word meets itself or its own class, if that were `into`. */
  let meets = 0;

  function gainAlong(row: Float64Array, into: number, { classes: those, counts: times, size }: Beside): number {
    const start = into * width;
    let sum = 0;
    for (let i = 0; i < size; i++) {
      if (those[i] === into) meets += times[i];
      else sum += timesLog(row[start + those[i]] + times[i]) - timesLog(row[start + those[i]]);
    }
    return sum;
  }

  /** What a class gains by a word that is in none. */
  function gain(word: number, into: number, itself: number): number {
    const { counts: rows, turned, totals } = bigrams;
    meets = itself;
    const sides = gainAlong(rows, into, followed) + gainAlong(turned, into, preceded);
    const own = rows[into * width + into];
    const within = timesLog(own + meets) - timesLog(own);
    return sides + within - 2 * (timesLog(totals[into] + counts[word]) - timesLog(totals[into]));
  }

  return {
    classOf,
    bigrams,
    move(word) {
      const was = classOf[word];
      const itself = read(after, word, followed);
      read(before, word, preceded);
      put(word, was, itself, -1);
      let best = was === rare ? 0 : was;
      let most = gain(word, best, itself);
      for (let each = 0; each < classes; each++) {
        if (each === best) continue;
        const its = gain(word, each, itself);
        if (its > most) [best, most] = [each, its];
      }
      classOf[word] = best;
      put(word, best, itself, 1);
      return best !== was;
    },
  };
}

function beside(classes: number): Beside {
  return { classes: new Uint16Array(classes), counts: new Float64Array(classes), size: 0 };
}

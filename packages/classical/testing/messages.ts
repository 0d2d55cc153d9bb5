import type { LabelledText } from "../src/learner.js";

/** Messages that a few words tell apart. */
export const messages: readonly LabelledText[] = [
  { text: "win a free prize now", label: "spam" },
  { text: "free entry, claim your prize", label: "spam" },
  { text: "call now to win cash", label: "spam" },
  { text: "are we still on for lunch?", label: "ham" },
  { text: "call me when you are home", label: "ham" },
  { text: "see you at lunch", label: "ham" },
  { text: "I am home now", label: "ham" },
];

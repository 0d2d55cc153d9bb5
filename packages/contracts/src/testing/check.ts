/** One thing that must hold, in whatever test runner: `for (const { name, run } of checks) test(name, run)`. */
export interface Check {
  readonly name: string;
  readonly run: () => Promise<void>;
}

/** Texts that break careless code: nothing, white space, emoji with joiners, half a character, NUL, CJK, right-to-left, NFD, CRLF. */
export const awkwardTexts: readonly string[] = [
  "",
  " \n\t ",
  "🙂",
  "👩‍👩‍👧‍👦 in Zürich",
  "half \ud83d of a pair \ude00",
  "nul \u0000 in Rome\u0000",
  "東京は日本の首都です。",
  "ירושלים היא עיר",
  "cafe\u0301 in Mu\u0308nchen",
  "first line\r\nsecond line\r\n",
  "a".repeat(2000),
  "<b>&amp;</b> \\ ' \" `",
];

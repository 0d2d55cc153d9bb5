/** What a word is clustered as: digits are alike, as are addresses and people's names on a platform. */
export function clusterKey(word: string): string {
  if (/^(?:https?:|www\.)/iu.test(word)) return "http:";
  if (/^@./u.test(word)) return "@";
  return word.replace(/\p{N}/gu, "0");
}

/** White space as Python's `str.split` has it: the original programs of these metrics are Python. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: Python parts at the control characters that separate files and records, too.
const space = /[\t-\r\u001c-\u0020\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/u;

/** The runs of a text between white space; none of a blank one. */
export function splitAtSpace(text: string): string[] {
  return text.split(space).filter((part) => part !== "");
}

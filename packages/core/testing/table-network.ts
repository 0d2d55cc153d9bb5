import type { NextTokens } from "../src/generative/decoding/next-tokens.js";

/** A network whose logits are a function of all tokens of a row: for tests, which can then enumerate what it writes. */
export function tableNetwork(
  prompts: readonly (readonly number[])[],
  logitsOf: (tokens: readonly number[]) => readonly number[],
): NextTokens & { readonly rowsAsked: number[] } {
  let rows: readonly (readonly number[])[] = prompts;
  const rowsAsked: number[] = [];
  const answer = async () => {
    rowsAsked.push(rows.length);
    return rows.map((row) => logitsOf(row));
  };
  return {
    prompts,
    rowsAsked,
    start: answer,
    advance(parents, tokens) {
      rows = parents.map((parent, i) => [...(rows[parent] as readonly number[]), tokens[i] as number]);
      return answer();
    },
  };
}

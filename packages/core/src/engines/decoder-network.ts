import type { NextTokens } from "../generative/decoding/next-tokens.js";
import { decoderGraph } from "./decoder-graph.js";
import type { Library, Loaded } from "./loaded.js";
import type { RuntimeTensor } from "./select-rows.js";

/** Whether prompts of several lengths may stand in one batch: padded, they need positions of their own. */
export function mayPad({ model }: Loaded): boolean {
  return model.sessions.model?.inputNames.includes("position_ids") === true;
}

/** Models whose first token stands at position 1. */
const countFromOne = new Set(["gemma3", "gemma3_text", "paligemma"]);

/** A row: what stands in it (its last token alone, where what came before is kept), and how much padding before that. */
interface Row {
  readonly tokens: readonly number[];
  readonly padding: number;
}

/** A decoder alone: prompts are padded on the left, and what was read is kept, where the graph gives it. */
export function decoderNetwork(loaded: Loaded, prompts: readonly (readonly number[])[]): NextTokens {
  const { library, tokenizer, config } = loaded;
  const graph = decoderGraph(loaded, prompts.length);
  const masks = maskMaker(library);
  const filler = tokenizer.pad_token_id ?? 0;
  const start = countFromOne.has(config.model_type) ? 1 : 0;
  let width = Math.max(1, ...prompts.map(({ length }) => length));
  let rows = prompts.map((tokens): Row => ({ tokens, padding: width - Math.max(1, tokens.length) }));

  function run() {
    const from = graph.keeps() ? width - 1 : 0;
    const unread = (of: (row: Row, column: number) => number): RuntimeTensor => {
      const values = new BigInt64Array(rows.length * (width - from));
      let place = 0;
      for (const row of rows)
        for (let column = from; column < width; column++) values[place++] = BigInt(of(row, column));
      return new library.Tensor("int64", values, [rows.length, width - from]).ort_tensor;
    };
    return graph.read({
      input_ids: unread(({ tokens }, column) => tokens.at(column - width) ?? filler),
      position_ids: unread(({ padding }, column) => (column < padding ? 1 : column - padding + start)),
      attention_mask: masks(rows, width),
    });
  }

  return {
    prompts,
    start: run,
    advance(parents, tokens) {
      graph.select(parents);
      // Rows that were padded stay so, when the longest have ended, too: what was read of them is.
      width++;
      rows = parents.map((parent, i) => {
        const { tokens: before, padding } = rows[parent] as Row;
        const token = tokens[i] as number;
        return { tokens: graph.keeps() ? [token] : [...before, token], padding };
      });
      return run();
    },
  };
}

/** Tells which columns of the rows are there, so far as they were ever read. */
function maskMaker(library: Library): (rows: readonly Row[], width: number) => RuntimeTensor {
  let ones = new BigInt64Array(0);
  return (rows, width) => {
    const size = rows.length * width;
    if (ones.length < size) ones = new BigInt64Array(2 * size).fill(1n);
    const isPadded = rows.some(({ padding }) => padding > 0);
    const mask = isPadded ? ones.slice(0, size) : ones.subarray(0, size);
    for (const [i, { padding }] of rows.entries()) if (padding > 0) mask.fill(0n, i * width, i * width + padding);
    return new library.Tensor("int64", mask, [rows.length, width]).ort_tensor;
  };
}

import { BifocalError } from "@bifocal/contracts";
import type { Tensor } from "@xenova/transformers";
import type { Logits } from "../generative/decoding/next-tokens.js";
import type { Library, Loaded } from "./loaded.js";
import { lastLogits } from "./network-outputs.js";
import { type RuntimeTensor, selectRows, type Tensors } from "./select-rows.js";

/** The graph that gives the logits of next tokens, and what it has read of each row. */
export interface DecoderGraph {
  /** Whether it keeps what it has read: then it is to be given only what is new. */
  keeps(): boolean;
  /**
   * The logits after the last token of each row. ONNX Runtime computes them in this thread, and before it begins lets
   * whoever calls or cancels be heard.
   */
  read(tensors: Tensors): Promise<Logits[]>;
  /** What was read of row `rows[i]` becomes row `i`'s. */
  select(rows: readonly number[]): void;
}

/** What of a session of ONNX Runtime is used. */
interface Session {
  readonly outputNames: readonly string[];
  readonly inputMetadata: readonly Input[];
  run(feeds: Tensors, fetches: readonly string[]): Promise<Tensors>;
}

interface Input {
  readonly name: string;
  readonly type: Tensor["type"];
  /** A size that differs from run to run is a name. */
  readonly shape: readonly (number | string)[];
}

/**
 * A decoder's graph that has read nothing yet. It is run without the library's `forward`, which wraps all that is kept anew
 * for each token.
 * @param rows how many
 * @param given what it is given of these rows each time: what an encoder made of them
 */
export function decoderGraph(loaded: Loaded, rows: number, given: Tensors = {}): DecoderGraph {
  const { library } = loaded;
  const session = sessionOf(loaded);
  const caches = session.inputMetadata.flatMap((input) => {
    const present = input.name.replace(/^past(_key_values)?/, "present");
    return session.outputNames.includes(present) ? [{ input, present }] : [];
  });
  // What an encoder gave stays the first time's: merged graphs give nothing for it later.
  const later = session.outputNames.filter((name) => !(name.startsWith("present") && name.includes("encoder")));
  const feeds: Record<string, RuntimeTensor> = {
    num_logits_to_keep: new library.Tensor("int64", BigInt64Array.of(1n), []).ort_tensor,
    use_cache_branch: branch(library, false),
  };
  const keep = (name: string, tensor: RuntimeTensor): void => {
    feeds[name] = asTaken(tensor);
  };
  for (const [name, tensor] of Object.entries(given)) keep(name, tensor);
  for (const { input } of caches) keep(input.name, emptyCache(loaded, input, rows));
  let hasRead = false;
  return {
    keeps: () => hasRead && caches.length > 0,
    async read(tensors) {
      Object.assign(feeds, tensors);
      const outputs = await session.run(feeds, hasRead ? later : session.outputNames);
      for (const { input, present } of caches) if (outputs[present] !== undefined) keep(input.name, outputs[present]);
      if (!hasRead && caches.length > 0) feeds.use_cache_branch = branch(library, true);
      hasRead = true;
      return lastLogits(library, outputs.logits, rows);
    },
    select(chosen) {
      if (chosen.length === rows && chosen.every((row, i) => row === i)) return;
      for (const name of [...Object.keys(given), ...caches.map(({ input }) => input.name)])
        keep(name, selectRows(library, [name, feeds[name] as RuntimeTensor], chosen, rows));
      rows = chosen.length;
    },
  };
}

function sessionOf({ model, config }: Loaded): Session {
  const session = model.sessions[config.is_encoder_decoder ? "decoder_model_merged" : "model"];
  if (session !== undefined) return session;
  throw new BifocalError("unsupported", "The model reads more than text, which is not known here: choose another one.");
}

function branch(library: Library, isLater: boolean): RuntimeTensor {
  return new library.Tensor("bool", [isLater], [1]).ort_tensor;
}

/** Of what is not always of the same size there is nothing yet, in as many rows as there are. */
function emptyCache({ library, model }: Loaded, { type, shape }: Input, rows: number): RuntimeTensor {
  const sizes: Readonly<Record<string, number>> = {
    batch_size: rows,
    "batch_size x num_heads": rows * (model.config.normalized_config.num_heads ?? 1),
  };
  const dims = shape.map((size) => (typeof size === "number" ? size : (sizes[size] ?? 0)));
  const count = dims.reduce((product, size) => product * size, 1);
  const data = type === "float16" ? new Uint16Array(count) : new Array<number>(count).fill(0);
  return new library.Tensor(type, data, dims).ort_tensor;
}

/** ONNX Runtime takes halves as words of 16 bits alone, but gives them as numbers where Node has such. */
function asTaken(tensor: RuntimeTensor): RuntimeTensor {
  if (tensor.type !== "float16" || tensor.location !== "cpu" || tensor.data instanceof Uint16Array) return tensor;
  const { buffer, byteOffset, length } = tensor.data as Float32Array;
  return Object.defineProperty(tensor, "data", { value: new Uint16Array(buffer, byteOffset, length) });
}

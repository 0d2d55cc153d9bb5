import { seededRandom } from "@bifocal/contracts";
import type { LogitsProcessorList, Tensor } from "@xenova/transformers";
import { chooseToken } from "../generative/decoding/sampling.js";
import type { WriteOptions, WrittenEnd } from "./engine.js";
import type { Library } from "./loaded.js";
import type { PieceDecoder } from "./piece-decoder.js";
import type { CallContext } from "./protocol.js";

/** A text being written: it picks each token, tells each piece, and remembers how likely they were. */
export interface Choosing {
  choose(logits: ArrayLike<number>): number;
  /** Tells what is left, and how it ended. */
  end(): Omit<WrittenEnd, "usage">;
}

export function startChoosing(
  pieces: PieceDecoder,
  options: WriteOptions,
  ends: ReadonlySet<number>,
  context: CallContext,
): Choosing {
  const random = seededRandom(options.seed ?? 0);
  const sampling = options.doSample ? options : undefined;
  const written = { tokens: 0, ended: false, logProbability: 0, told: 0 };
  const tell = (text: string): void => {
    if (text === "") return;
    context.tell({ text, logProbability: written.logProbability - written.told });
    written.told = written.logProbability;
  };
  return {
    choose(logits) {
      context.throwIfCancelled();
      const { token, logProbability } = chooseToken(logits, random, sampling);
      written.logProbability += logProbability;
      written.ended = ends.has(token);
      if (written.ended) return token;
      written.tokens += 1;
      tell(pieces.push(token));
      return token;
    },
    end() {
      tell(pieces.rest());
      const { ended, tokens, logProbability } = written;
      return { finishReason: ended ? "end" : "length", tokens, logProbability };
    },
  };
}

/** The library's processor that lets a function pick the token, by leaving greedy search nothing else. */
export function processorsOf(library: Library, { choose }: Choosing): LogitsProcessorList {
  class LeaveOne extends library.LogitsProcessor {
    override _call(_: bigint[][], logits: Tensor): Tensor {
      const values = logits.data as Float32Array;
      const token = choose(values);
      values.fill(Number.NEGATIVE_INFINITY);
      values[token] = 0;
      return logits;
    }
  }
  const list = new library.LogitsProcessorList();
  list.push(new LeaveOne());
  return list;
}

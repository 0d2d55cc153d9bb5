import { giveBack, roomIn } from "../machine-code/array-room.js";
import type { Objective } from "../optimize/objective.js";
import { openBlockSum } from "../parallel/block-sum.js";
import { blocksOfSentences, chainData } from "./chain-data.js";
import type { Normalization } from "./crf-blocks.js";
import type { TagDataset, TagWeights } from "./tag-dataset.js";

/** Fixed, so that the same sentences give the same bits whatever the number of threads; so many threads can help. */
const blocks = 4;

export interface CrfObjectiveOptions {
  readonly l2: number;
  readonly threads?: number | undefined;
  readonly normalization?: Normalization;
}

/**
 * F(w) = (1 / n) Σᵢ −log p(tagsᵢ | sentenceᵢ) + (l2 / 2) ‖w‖²
 *
 * where p(tags | sentence) = exp(Σ weights of all features with their tags and of each tag after another) / Z
 * (Lafferty, McCallum and Pereira 2001); normalized locally, p(tags | sentence) is the product of p(tag | tag before,
 * token) (McCallum, Freitag and Pereira 2000). CRFsuite's objective is n times this, its c2 being l2 · n / 2. A point holds
 * the weights of `TagWeights`. To be closed: it computes in threads.
 */
export function crfObjective(
  data: TagDataset,
  shape: TagWeights,
  { l2, threads = 1, normalization = "global" }: CrfObjectiveOptions,
): Objective & { close(): Promise<void> } {
  const sentences = data.sentenceOffsets.length - 1;
  const dimension = shape.pairTags.length + data.tagCount ** 2;
  const starts = blocksOfSentences(data.sentenceOffsets, blocks);
  const chains = chainData(data, shape);
  const job = { name: "crf", data: { chains, starts, normalization } } as const;
  const sum = openBlockSum(job, roomIn(chains.memory), { dimension, blocks, threads });
  return {
    dimension,
    evaluate(point, gradient) {
      const loss = sum.evaluate(point, gradient) / sentences;
      let squares = 0;
      for (let i = 0; i < dimension; i++) {
        squares += point[i] * point[i];
        gradient[i] = gradient[i] / sentences + l2 * point[i];
      }
      return loss + (l2 / 2) * squares;
    },
    async close() {
      await sum.close();
      giveBack(chains.memory);
    },
  };
}

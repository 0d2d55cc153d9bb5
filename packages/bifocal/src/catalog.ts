import { openModelFile } from "@bifocal/classical";
import type { Catalog, CatalogEntry, Reasons } from "@bifocal/core";
import { type EmbeddedModel, readCard, readWeights } from "@bifocal/models";

/** Every model that is at hand without a network; the first that fits a wish is the default. */
export const catalog: Catalog = [];

/** Why a lens has no model for a task, as a person is told. */
export const reasons: Reasons = {
  "text-classification": {
    "rule-based": "no rule decides topics or spam well enough to be a baseline.",
  },
  "sentiment-analysis": {},
  ner: {
    generative: "no generative tagger is embedded yet.",
  },
  summarization: {
    discriminative: "no learned summarizer is embedded yet; any ONNX encoder-decoder works: --model org/name.",
    generative: "no learned summarizer is embedded yet.",
  },
  translation: {
    discriminative:
      'no translator is embedded yet; an ONNX one from the Hub works: bifocal run translation --model Xenova/opus-mt-en-fr "…", or pipeline("translation", "Xenova/opus-mt-en-fr").',
    generative: "no generative translator is embedded.",
    "rule-based": "no rule translates.",
  },
  "text-generation": {
    discriminative: "a discriminative model learns p(label | text) and cannot write.",
    "rule-based": "no rule writes.",
  },
};

function embedded(id: EmbeddedModel, variant?: string): CatalogEntry {
  return {
    card: readCard(id),
    ...(variant !== undefined && { variant }),
    open: async () => openModelFile(await readWeights(id), id),
  };
}

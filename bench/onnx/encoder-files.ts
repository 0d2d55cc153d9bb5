import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type EncoderShape, encoderGraph } from "./encoder-graph.js";
import { vocabulary } from "./made-up-texts.js";

/** That of MiniLM: six layers, 384 wide. */
const miniLm = { layers: 6, width: 384, heads: 12, inner: 1536, context: 512 };

const special = ["[PAD]", "[UNK]", "[CLS]", "[SEP]"];

/** Does work with an encoder of MiniLM's shape, of random weights, in a folder in the Hub's layout that is gone afterwards. */
export async function withEncoder<R>(work: (folder: string) => Promise<R>): Promise<R> {
  const folder = mkdtempSync(join(tmpdir(), "bifocal-encoder-"));
  try {
    writeEncoder(folder, { ...miniLm, vocabulary: special.length + vocabulary.length });
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function writeEncoder(folder: string, shape: EncoderShape): void {
  mkdirSync(join(folder, "onnx"));
  writeFileSync(join(folder, "onnx", "model.onnx"), encoderGraph(shape));
  const files = { config: configOf(shape), tokenizer: tokenizer(), tokenizer_config: tokenizerConfig(shape) };
  for (const [name, content] of Object.entries(files))
    writeFileSync(join(folder, `${name}.json`), JSON.stringify(content));
}

function configOf({ layers, width, heads, inner, context, vocabulary }: EncoderShape) {
  return {
    model_type: "bert",
    architectures: ["BertForSequenceClassification"],
    hidden_size: width,
    num_hidden_layers: layers,
    num_attention_heads: heads,
    intermediate_size: inner,
    vocab_size: vocabulary,
    max_position_embeddings: context,
    id2label: { 0: "negative", 1: "positive" },
  };
}

/** WordPiece that lower-cases, as BERT's. */
function tokenizer() {
  const frame = [
    { SpecialToken: { id: "[CLS]", type_id: 0 } },
    { Sequence: { id: "A", type_id: 0 } },
    { SpecialToken: { id: "[SEP]", type_id: 0 } },
  ];
  const told = (id: string) => ({ id, ids: [special.indexOf(id)], tokens: [id] });
  return {
    version: "1.0",
    added_tokens: special.map((content, id) => ({ id, content, special: true })),
    normalizer: { type: "BertNormalizer", clean_text: true, handle_chinese_chars: true, lowercase: true },
    pre_tokenizer: { type: "BertPreTokenizer" },
    post_processor: {
      type: "TemplateProcessing",
      single: frame,
      pair: frame,
      special_tokens: { "[CLS]": told("[CLS]"), "[SEP]": told("[SEP]") },
    },
    decoder: { type: "WordPiece", prefix: "##", cleanup: true },
    model: {
      type: "WordPiece",
      unk_token: "[UNK]",
      continuing_subword_prefix: "##",
      max_input_chars_per_word: 100,
      vocab: Object.fromEntries([...special, ...vocabulary].map((token, id) => [token, id])),
    },
  };
}

function tokenizerConfig({ context }: EncoderShape) {
  const [pad_token, unk_token, cls_token, sep_token] = special;
  const tokens = { pad_token, unk_token, cls_token, sep_token };
  return { tokenizer_class: "BertTokenizer", model_max_length: context, do_lower_case: true, ...tokens };
}

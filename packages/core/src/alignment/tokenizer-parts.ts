import type { PreTrainedTokenizer } from "@xenova/transformers";

/** A step of a normalizer, or several. */
export interface Normalizer {
  readonly config: Readonly<Record<string, unknown>>;
  normalize(text: string): string;
  /** Of a sequence: what it is made of. */
  readonly normalizers?: readonly (Normalizer | null)[];
  /** Of a step that replaces. */
  readonly pattern?: RegExp | null;
}

/** What cuts a text into pieces, or several that do one after another. */
export interface PreTokenizer {
  pre_tokenize_text(text: string, options: { readonly section_index: number }): string[];
  /** Of a sequence: what it is made of. */
  readonly tokenizers?: readonly (PreTokenizer | null)[];
  /** Of one that writes bytes as characters. */
  readonly byte_encoder?: object;
}

/** A vocabulary, which makes tokens of pieces. */
export interface Vocabulary {
  (pieces: string[]): string[];
  readonly config: Readonly<Record<string, unknown>>;
  readonly tokens_to_ids: ReadonlyMap<string, number>;
  readonly unk_token_id?: number;
}

/** A token that is taken whole wherever it stands. */
export interface AddedToken {
  readonly id: number;
  readonly content: string;
  readonly normalized: boolean;
  readonly lstrip: boolean;
  readonly rstrip: boolean;
}

/** The parts of a tokenizer of the library, whose own types name none of them. */
export interface TokenizerParts {
  readonly normalizer: Normalizer | null;
  readonly pre_tokenizer: PreTokenizer | null;
  readonly model: Vocabulary;
  encode(
    text: string,
    options: { readonly text_pair: string; readonly return_token_type_ids: true },
  ): { readonly ids: number[]; readonly token_type_ids: number[] };
  get_added_tokens_decoder(): ReadonlyMap<number, AddedToken>;
}

export function partsOf({ _tokenizer }: PreTrainedTokenizer): TokenizerParts {
  return _tokenizer;
}

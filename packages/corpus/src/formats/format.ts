/** One thing of a file: a row, an object, a line or a sentence, and the line (from 1) where it begins. */
export interface CorpusRecord {
  readonly line: number;
  readonly fields: Fields;
}

/** A record: its fields by name. */
export type Fields = Readonly<Record<string, unknown>>;

/** What a reader needs beside the bytes. */
export interface ReadContext {
  /** How errors call the source. */
  readonly name: string;
  /** Fields that every record must have. */
  readonly requires: readonly string[];
  /** Whether a double quote at the start of a CSV or TSV field quotes it. */
  readonly quotes: boolean;
  /** Says that the record at a line is bad: throws, or returns where bad records are to be left out. */
  readonly reject: (line: number, problem: string) => void;
}

/** How records become lines. */
export interface Encoder {
  /** The first line, given the fields of the first record; none where the form has no header. */
  readonly header?: (columns: readonly string[]) => string;
  /** One record, without its line end; may hold line ends within quotes. */
  readonly line: (fields: Fields, columns: readonly string[]) => string;
}

/** A form in which records are stored: one file, one line in `formats`. */
export interface Format {
  /** What its records hold, for a person. */
  readonly about: string;
  /** The fields of every record, where the form fixes them. */
  readonly fields?: readonly string[];
  readonly read: (bytes: AsyncIterable<Uint8Array>, context: ReadContext) => AsyncIterable<CorpusRecord>;
  readonly encoder?: Encoder;
}

export type { CorpusRecord, Fields } from "./formats/format.js";
export {
  type FormatName,
  formatNames,
  formatOfPath,
  parseFormat,
  writableFormatNames,
} from "./formats/formats.js";
export * from "./read-items.js";
export { type ReadOptions, type RecordOptions, readRecords } from "./read-records.js";
export { readText } from "./read-text.js";
export { systemReason } from "./system-reason.js";
export { openWriter, type RecordWriter, type WriteOptions } from "./write-records.js";

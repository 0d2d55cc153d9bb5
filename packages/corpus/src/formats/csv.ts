import { delimited } from "./delimited.js";

/** Comma-separated values with a header (RFC 4180). */
export const csv = delimited(",", "rows of columns that a header names, separated by commas");

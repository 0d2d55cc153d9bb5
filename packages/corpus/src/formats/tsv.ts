import { delimited } from "./delimited.js";

/** Tab-separated values with a header, quoted as spreadsheets and data frames quote them. */
export const tsv = delimited("\t", "rows of columns that a header names, separated by tabs");

import type { Rule } from "../house.ts";
import { browserImports } from "./browser-imports.ts";
import { dependencies } from "./dependencies.ts";
import { glossaryWords } from "./glossary-words.ts";
import { importCycles } from "./import-cycles.ts";
import { importLine } from "./import-line.ts";
import { markdownLinks } from "./markdown-links.ts";
import { noIdleExports, noLonelyFiles } from "./no-leftovers.ts";
import { oneVerbPerFile } from "./one-verb-per-file.ts";
import { pureNouns } from "./pure-nouns.ts";
import { sqlInStores } from "./sql-in-stores.ts";

/** The shelf of house rules. */
export const houseRules: readonly Rule[] = [
  importLine,
  importCycles,
  pureNouns,
  sqlInStores,
  browserImports,
  oneVerbPerFile,
  glossaryWords,
  noLonelyFiles,
  noIdleExports,
  dependencies,
  markdownLinks,
];
